/// Names for calls that Gemini gave none: the same answer has the same names wherever it is read.
enum GeminiCallID {
    /// Letters, digits, `_` and `-`, at most 64: what every provider takes that may see the call later.
    /// - Parameter response: its id, which is what tells the calls of two answers apart.
    static func make(response: String, choice: Int, call: Int) -> String {
        var id = "call_"
        for byte in response.utf8.prefix(40) {
            let isPlain =
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            id.unicodeScalars.append(isPlain ? Unicode.Scalar(byte) : "-")
        }
        return id + "_\(choice)_\(call)"
    }
}
