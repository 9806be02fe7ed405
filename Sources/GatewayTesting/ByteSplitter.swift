/// Ways to cut one byte string into the pieces a socket might deliver.
package enum ByteSplitter {
    /// Every way to cut `bytes` into two pieces, empty pieces included.
    package static func everyPair(_ bytes: [UInt8]) -> [[[UInt8]]] {
        (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
    }

    /// One byte at a time.
    package static func single(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.map { [$0] }
    }

    /// Pieces of 1 to `longest` bytes, drawn from `generator`.
    package static func random(
        _ bytes: [UInt8], longest: Int, using generator: inout some RandomNumberGenerator
    ) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            let length = min(Int.random(in: 1...longest, using: &generator), bytes.count - start)
            pieces.append(Array(bytes[start..<start + length]))
            start += length
        }
        return pieces
    }
}
