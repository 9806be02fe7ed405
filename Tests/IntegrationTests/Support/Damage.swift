import GatewayTesting

/// Bodies as bugs and malice make them.
enum Damage {
    /// One to four bytes or stretches changed, dropped or doubled.
    static func bytes(of sound: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var body = sound
        for _ in 0..<Int.random(in: 1...4, using: &generator) where body.count > 8 {
            let start = Int.random(in: 0..<body.count, using: &generator)
            let end = min(start + Int.random(in: 1...8, using: &generator), body.count)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: body[start] = UInt8.random(in: 0...255, using: &generator)
            case 1: body.removeSubrange(start..<end)
            case 2: body.insert(contentsOf: body[start..<end], at: start)
            case 3: body[start] = Array("{}[]\",:\\0".utf8).randomElement(using: &generator) ?? 0
            default: body = Array(body[..<start])
            }
        }
        return body
    }

    /// JSON that is well formed and means something else: one value in place of another, or a member lost. Each text
    /// in it is one that stands for a kind of value that somebody may have forgotten.
    static func meaning(of sound: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        let starts = sound.indices.filter { $0 > 0 && sound[$0 - 1] == UInt8(ascii: ":") }
        guard let start = starts.randomElement(using: &generator) else { return sound }
        let strange = values.randomElement(using: &generator) ?? "null"
        return Array(sound[..<start]) + Array(strange.utf8) + sound[end(ofValueAt: start, in: sound)...]
    }

    private static let values = [
        "null", "true", "-1", "0", "1e400", "-0.0", "9223372036854775808", "1.5", "\"\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"",
        "[]", "{}", "[[]]", "[null]", "[{}]", "{\"type\":\"x\"}", "[{\"type\":\"text\"}]", "[{\"role\":\"user\"}]",
        "\"data:image/png;base64,\"", "\"data:,\"", "{\"\":{\"\":{}}}", "[1,\"a\",null,{}]",
        "\"" + String(repeating: "a", count: 70_000) + "\"",
        String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    ]

    /// Behind the value that begins at `start`: JSON that is known to be well formed.
    private static func end(ofValueAt start: Int, in json: [UInt8]) -> Int {
        var (depth, isText, position) = (0, false, start)
        while position < json.count {
            let byte = json[position]
            if isText {
                if byte == UInt8(ascii: "\\") { position += 1 }
                if byte == UInt8(ascii: "\"") { isText = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
                    if depth == 0 { return position }
                    if byte != UInt8(ascii: ",") { depth -= 1 }
                default: break
                }
            }
            position += 1
        }
        return json.count
    }
}
