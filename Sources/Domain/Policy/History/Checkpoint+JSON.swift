extension Checkpoint {
    /// One line of a file that is kept elsewhere; bytes are hex, the time is in microseconds.
    package var json: String {
        var json = JSONWriter()
        json.object { json in
            json.member("chain", chain)
            json.member("length", length)
            json.member("head", Hex.text(head))
            json.member("time", time.microseconds)
            json.member("store", Hex.text(store))
            json.member("key", Hex.text(key))
            json.member("signature", Hex.text(signature))
        }
        return json.text
    }

    /// Nil for a line that is no checkpoint.
    package init?(json line: some Sequence<UInt8>) {
        guard case .map(let members)? = try? PolicyTree(parsingJSON: line).content, members.count == 7 else {
            return nil
        }
        func bytes(_ name: String, count: Int) -> [UInt8]? {
            guard case .text(let text)? = members.first(where: { $0.name == name })?.value.content,
                let bytes = Hex.bytes(text), bytes.count == count
            else { return nil }
            return bytes
        }
        func number(_ name: String) -> Int64? {
            guard case .integer(let number)? = members.first(where: { $0.name == name })?.value.content else {
                return nil
            }
            return Int64(number)
        }
        guard case .text(let chain)? = members.first(where: { $0.name == "chain" })?.value.content,
            let length = number("length"), let time = number("time"), let head = bytes("head", count: 32),
            let store = bytes("store", count: 16), let key = bytes("key", count: 32),
            let signature = bytes("signature", count: 64)
        else { return nil }
        self.init(
            chain: chain, length: length, head: head, time: Timestamp(microseconds: time), store: store, key: key,
            signature: signature)
    }
}
