/// The checksum of Ethernet and gzip (ISO 3309): polynomial 0x04C11DB7, reflected.
struct CRC32 {
    private var state: UInt32 = .max

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    var value: UInt32 { ~state }

    mutating func update(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        for index in start..<end {
            state = state >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: state) ^ bytes[index])]
        }
    }
}
