import Testing

@testable import CurlClient

@Suite("Special addresses are told from public ones")
struct IPAddressTests {
    /// The first and last of each block and their neighbours outside, from IANA's registries of special-purpose
    /// addresses.
    @Test(
        "An address of a special block is known by its use",
        arguments: [
            ("0.0.0.0", IPAddress.SpecialUse.thisNetwork), ("0.255.255.255", .thisNetwork),
            ("10.0.0.0", .privateNetwork), ("10.255.255.255", .privateNetwork),
            ("100.64.0.0", .sharedByCarrier), ("100.127.255.255", .sharedByCarrier),
            ("127.0.0.1", .loopback), ("127.255.255.255", .loopback),
            ("169.254.0.0", .linkLocal), ("169.254.169.254", .linkLocal), ("169.254.255.255", .linkLocal),
            ("172.16.0.0", .privateNetwork), ("172.31.255.255", .privateNetwork),
            ("192.0.0.8", .reserved), ("192.0.2.1", .documentation), ("192.168.0.0", .privateNetwork),
            ("192.168.255.255", .privateNetwork), ("198.18.0.0", .benchmarking), ("198.19.255.255", .benchmarking),
            ("198.51.100.7", .documentation), ("203.0.113.7", .documentation), ("224.0.0.1", .multicast),
            ("239.255.255.255", .multicast), ("240.0.0.0", .reserved), ("255.255.255.255", .reserved),
            ("::", .thisNetwork), ("::1", .loopback), ("::7f00:1", .reserved), ("::ffff:127.0.0.1", .loopback),
            ("::ffff:10.1.2.3", .privateNetwork), ("::ffff:169.254.169.254", .linkLocal),
            ("64:ff9b::a9fe:a9fe", .linkLocal), ("64:ff9b:1::1", .reserved), ("2002:7f00:1::", .loopback),
            ("2002:c0a8:1::", .privateNetwork), ("100::1", .reserved), ("2001::1", .reserved),
            ("2001:db8::1", .documentation), ("fc00::1", .privateNetwork), ("fdff:ffff::1", .privateNetwork),
            ("fd00:ec2::254", .privateNetwork), ("fe80::1", .linkLocal), ("febf::1", .linkLocal),
            ("fec0::1", .privateNetwork), ("ff02::1", .multicast),
        ])
    func special(text: String, use: IPAddress.SpecialUse) throws {
        #expect(try #require(IPAddress(text)).specialUse == use)
    }

    @Test(
        "The neighbours of special blocks are public",
        arguments: [
            "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
            "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0",
            "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "8.8.8.8",
            "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "2001:200::", "2001:db7::1", "2001:db9::1",
            "2606:4700::1111", "fbff::1",
        ])
    func neighbours(text: String) throws {
        #expect(try #require(IPAddress(text)).specialUse == nil)
    }

    @Test(
        "The host of a URL is read in every notation that leads to an address",
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("2130706433", "127.0.0.1"),
            ("0x7f.0.0.1", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("[fe80::1%25eth0]", "fe80::1"),
            ("[::ffff:10.0.0.1]", "::ffff:10.0.0.1"),
        ])
    func notations(host: String, address: String) throws {
        #expect(try #require(IPAddress(urlHost: host)).description == address)
    }

    @Test("Names and broken addresses are none", arguments: ["localhost", "api.example.com", "", "[::1", "1.2.3.4.5"])
    func names(host: String) {
        #expect(IPAddress(urlHost: host) == nil)
    }

    @Test("An address has 4 or 16 bytes")
    func lengths() {
        for count in 0..<20 {
            let isRight = count == 4 || count == 16
            #expect((IPAddress(bytes: [UInt8](repeating: 9, count: count)) != nil) == isRight)
        }
    }
}
