/// Reads stored features from their start; every read past the end is nil.
struct FeatureReader {
    let bytes: [UInt8]
    private var next = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { next == bytes.count }

    mutating func byte() -> UInt8? {
        guard next < bytes.count else { return nil }
        defer { next += 1 }
        return bytes[next]
    }

    /// An integer of `length` bytes, the lowest first.
    mutating func integer(_ length: Int) -> UInt64? {
        guard bytes.count - next >= length else { return nil }
        var value: UInt64 = 0
        for index in 0..<length {
            guard let byte = byte() else { return nil }
            value |= UInt64(byte) << UInt64(8 * index)
        }
        return value
    }
}
