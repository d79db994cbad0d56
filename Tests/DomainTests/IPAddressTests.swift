import Domain
import Testing

struct IPAddressTests {
    @Test(arguments: [
        // RFC 4291, section 2.2, and RFC 5952, sections 1, 2 and 4.
        ("2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"), ("FF01:0:0:0:0:0:0:101", "ff01::101"),
        ("0:0:0:0:0:0:0:1", "::1"), ("0:0:0:0:0:0:0:0", "::"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
        ("2001:db8::", "2001:db8::"), ("2001:0db8::0001", "2001:db8::1"), ("2001:db8::0:1", "2001:db8::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:db8:aaaa:bbbb:cccc:dddd::1", "2001:db8:aaaa:bbbb:cccc:dddd:0:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("::ffff:129.144.52.38", "129.144.52.38"),
        ("::FFFF:c0a8:1", "192.168.0.1"), ("::13.1.68.3", "::d01:4403"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
        ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("192.0.2.7", "192.0.2.7"),
    ])
    func `usual text forms are read, and written in the recommended one`(text: String, expected: String) {
        #expect(IPAddress(text)?.description == expected)
        #expect(IPAddress(expected) == IPAddress(text))
    }

    @Test(arguments: [
        "", ":", ":::", "::1::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::",
        "::1%eth0", "fe80::1%1", "[::1]", "::1:", ":1::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::1.2.3.4:5",
        "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1.2.3.", ".1.2.3", "1..2.3", "0x1.2.3.4",
        "1.2.3.4 ",
        " 1.2.3.4", "1.2.3.4/8", "+1.2.3.4", "１.2.3.4", "1234", "localhost",
    ])
    func `anything else is no address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `any address comes back from its text`() {
        var random = SeededGenerator(seed: 81)
        for _ in 0..<5000 {
            var bits: UInt128 = 0
            for _ in 0..<8 {
                bits = bits << 16 | (random.chance(50) ? 0 : UInt128(UInt16.random(in: 0...UInt16.max, using: &random)))
            }
            let address = IPAddress(bits: bits)
            #expect(IPAddress(address.description) == address)
            let v4 = IPAddress(v4: UInt32.random(in: 0...UInt32.max, using: &random))
            #expect(v4.isV4)
            #expect(IPAddress(v4.description) == v4)
        }
    }

    @Test func `a network holds the addresses that share its prefix`() throws {
        let ten = try #require(Network("10.0.0.0/8"))
        #expect(ten.contains(try #require(IPAddress("10.255.0.1"))))
        #expect(ten.contains(try #require(IPAddress("::ffff:10.0.0.1"))))
        #expect(!ten.contains(try #require(IPAddress("11.0.0.0"))))
        #expect(!ten.contains(try #require(IPAddress("::1"))))
        let documentation = try #require(Network("2001:db8::/32"))
        #expect(documentation.contains(try #require(IPAddress("2001:db8:ffff::1"))))
        #expect(!documentation.contains(try #require(IPAddress("2001:db9::"))))
        let all = try #require(Network("0.0.0.0/0"))
        #expect(all.contains(try #require(IPAddress("203.0.113.7"))))
        #expect(!all.contains(try #require(IPAddress("2001:db8::1"))))
        #expect(try #require(Network("::/0")).contains(try #require(IPAddress("203.0.113.7"))))
        #expect(try #require(Network("192.0.2.7")).description == "192.0.2.7")
        #expect(Network("192.0.2.7/32") == Network("192.0.2.7"))
        #expect(ten.description == "10.0.0.0/8")
        #expect(documentation.description == "2001:db8::/32")
    }

    @Test(arguments: [
        "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/0x8", "/8",
        "2001:db8::/129", "2001:db8::1/32", "10.0.0.0/1000",
    ])
    func `what is no network in canonical form is refused`(text: String) {
        #expect(Network(text) == nil)
    }
}
