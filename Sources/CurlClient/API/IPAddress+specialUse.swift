extension IPAddress {
    /// What an address is for that does not lead to a host of the public internet.
    package enum SpecialUse: String, Sendable, CaseIterable {
        case thisNetwork = "of this network"
        case loopback = "of this machine"
        case privateNetwork = "of a private network"
        case sharedByCarrier = "shared by a carrier's customers"
        /// Also where clouds tell machines their credentials.
        case linkLocal = "local to its link"
        case multicast = "of a group"
        case documentation = "for documentation"
        case benchmarking = "for benchmarks"
        case reserved = "reserved"
    }

    /// Nil for a public address. From IANA's registries of special-purpose addresses (RFC 6890 and its successors).
    /// An IPv6 address that carries an IPv4 address is what that one is.
    package var specialUse: SpecialUse? {
        if bytes.count == 4 { return Self.ipv4.first { $0.covers(bytes) }?.use }
        for (range, offset) in Self.carriers where range.covers(bytes) {
            // Where the carried address is public, so is the way there.
            return IPAddress(bytes: Array(bytes[offset..<offset + 4]))?.specialUse
        }
        return Self.ipv6.first { $0.covers(bytes) }?.use
    }

    /// Addresses that begin with the same bits.
    private struct Block {
        let start: [UInt8]
        let bits: Int
        let use: SpecialUse

        init(_ start: [UInt8], _ bits: Int, _ use: SpecialUse) {
            self.start = start
            self.bits = bits
            self.use = use
        }

        func covers(_ address: [UInt8]) -> Bool {
            zip(start, address).enumerated().allSatisfy { index, pair in
                let counted = min(max(bits - index * 8, 0), 8)
                let mask = UInt8(truncatingIfNeeded: 0xFF00 >> counted)
                return pair.0 & mask == pair.1 & mask
            }
        }
    }

    private static let ipv4: [Block] = [
        Block([0], 8, .thisNetwork), Block([10], 8, .privateNetwork), Block([100, 64], 10, .sharedByCarrier),
        Block([127], 8, .loopback), Block([169, 254], 16, .linkLocal), Block([172, 16], 12, .privateNetwork),
        Block([192, 0, 0], 24, .reserved), Block([192, 0, 2], 24, .documentation),
        Block([192, 88, 99], 24, .reserved), Block([192, 168], 16, .privateNetwork),
        Block([198, 18], 15, .benchmarking), Block([198, 51, 100], 24, .documentation),
        Block([203, 0, 113], 24, .documentation), Block([224], 4, .multicast), Block([240], 4, .reserved),
    ]

    /// What carries an IPv4 address, and where: mapped addresses, NAT64 and 6to4.
    private static let carriers: [(Block, offset: Int)] = [
        (Block([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96, .reserved), 12),
        (Block([0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96, .reserved), 12),
        (Block([0x20, 0x02], 16, .reserved), 2),
    ]

    private static let ipv6: [Block] = [
        Block([UInt8](repeating: 0, count: 16), 128, .thisNetwork),
        Block([UInt8](repeating: 0, count: 15) + [1], 128, .loopback),
        // Everything else that begins with a zero byte, such as IPv4 addresses in an old form and local NAT64.
        Block([0], 8, .reserved), Block([0x01], 8, .reserved),
        // Teredo, benchmarks, ORCHID and others that lead to no host.
        Block([0x20, 0x01, 0x00], 23, .reserved), Block([0x20, 0x01, 0x0D, 0xB8], 32, .documentation),
        Block([0x3F, 0xFF, 0x00], 20, .documentation), Block([0x5F, 0x00], 16, .reserved),
        Block([0xFC], 7, .privateNetwork), Block([0xFE, 0x80], 10, .linkLocal),
        Block([0xFE, 0xC0], 10, .privateNetwork), Block([0xFF], 8, .multicast),
    ]
}
