import GatewayTesting

/// Breaks streams for tests of what reads them.
enum StreamDamage {
    /// Changes, drops, doubles or swaps a few bytes or stretches, or puts another JSON value behind a colon.
    static func apply(to bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            guard bytes.count > 2 else { return bytes }
            let start = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(start + Int.random(in: 0..<40, using: &generator), bytes.count)
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[start] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 3: bytes.swapAt(start, Int.random(in: 0..<bytes.count, using: &generator))
            default: replaceValue(in: &bytes, from: start, using: &generator)
            }
        }
        return bytes
    }

    private static func replaceValue(
        in bytes: inout [UInt8], from start: Int, using generator: inout SeededGenerator
    ) {
        let values = [
            "null", "1", "\"\"", "[]", "{}", "-1", "1e99", "9223372036854775807", "-9223372036854775808", "\"a\"",
            "[{}]", "true",
        ]
        guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")),
            let value = values.randomElement(using: &generator)
        else { return }
        let end = bytes[colon...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.endIndex
        bytes.replaceSubrange(colon + 1..<end, with: value.utf8)
    }
}
