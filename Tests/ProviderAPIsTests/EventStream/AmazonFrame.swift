/// Messages of Amazon's event stream, made bit by bit: what the parser's table of remainders is compared with.
enum AmazonFrame {
    static func make(_ headers: [(String, String)], _ payload: String) -> [UInt8] {
        var block: [UInt8] = []
        for (name, value) in headers {
            block += [UInt8(name.utf8.count)] + Array(name.utf8) + [7]
            block += number(value.utf8.count, bytes: 2) + Array(value.utf8)
        }
        return make(headers: block, payload: Array(payload.utf8))
    }

    static func make(headers: [UInt8], payload: [UInt8]) -> [UInt8] {
        let lengths = number(16 + headers.count + payload.count, bytes: 4) + number(headers.count, bytes: 4)
        let front = lengths + checksum(lengths) + headers + payload
        return front + checksum(front)
    }

    static func event(_ name: String, _ json: String) -> [UInt8] {
        make([(":event-type", name), (":content-type", "application/json"), (":message-type", "event")], json)
    }

    static func exception(_ name: String, _ json: String) -> [UInt8] {
        make([(":exception-type", name), (":content-type", "application/json"), (":message-type", "exception")], json)
    }

    static func number(_ value: Int, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        var rest: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            for bit in 0..<8 {
                let isOdd = rest & 1 != UInt32(byte >> UInt8(bit)) & 1
                rest >>= 1
                if isOdd { rest ^= 0xEDB8_8320 }
            }
        }
        return number(Int(~rest), bytes: 4)
    }
}
