import Glibc
import Testing

@testable import Pipeline

struct RotatedFileTests {
    @Test(arguments: [
        ("access.log.1", true), ("access.log.12.gz", true), ("access.log-20261121", true),
        ("access.log.2026-11-21T10:00:00Z.gz", true), ("access-20261121.log", true), ("access.1.log.gz", true),
        ("access.log", false), ("access.log.gz", false), ("access.log.bak", false), ("access.log.swp", false),
        ("access.log.old.1", false), ("error.log.1", false), ("access.json.1", false),
    ])
    func `a rotated file is known by its name`(name: String, isRotation: Bool) {
        #expect(RotatedFile.isRotation(name, of: "access.log", stem: "access") == isRotation)
    }

    @Test func `files beside a log come in the order in which they were last written`() throws {
        let folder = try LogFolder()
        for name in ["a.log", "a.log.2", "a.log.1", "b.log.1", "a.log.bak"] {
            try folder.write("x\n", to: name)
            usleep(12_000)
        }
        try folder.write("", to: "a.log.3")
        let files = RotatedFile.beside(folder.file("a.log"))
        #expect(files.map(\.path) == ["a.log.2", "a.log.1", "a.log.bak"].map(folder.file))
        #expect(files.map(\.isSurelyRotated) == [true, true, false])
    }
}
