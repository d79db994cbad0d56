extension HistorySchema {
    /// What could not be taken back when its time was over ends later; what was reviewed may still be let stay.
    static let step4 = """
        DROP TRIGGER break_glass_ends_once;
        CREATE TRIGGER break_glass_ends_once BEFORE UPDATE ON break_glass
        WHEN NEW.version IS NOT OLD.version OR NEW.expires IS NOT OLD.expires
            OR OLD.ended IS NOT NULL AND OLD.ending <> 'failed' AND (NEW.ended, NEW.ending, NEW.reverted_by)
                IS NOT (OLD.ended, OLD.ending, OLD.reverted_by)
            OR OLD.ending = 'failed' AND NEW.ending IS NULL
            OR OLD.reviewed IS NOT NULL AND OLD.ending IS NOT 'failed'
                AND NOT (OLD.ending IS NULL AND NEW.ending IS 'kept')
                AND (NEW.reviewed, NEW.reviewer, NEW.reviewer_id)
                    IS NOT (OLD.reviewed, OLD.reviewer, OLD.reviewer_id)
        BEGIN SELECT RAISE(ABORT, 'a break-glass change ends once, and is reviewed once'); END;
        """
}
