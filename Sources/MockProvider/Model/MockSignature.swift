/// The signature of a thought, which a client must send back untouched.
///
/// It holds the digest of the text and a digest of that, so that a later request shows whether text and signature
/// still belong together, without the mock keeping any state.
enum MockSignature {
    private static let salt = "refrain mock signature"

    static func sign(_ text: String) -> String {
        let first = MockDigest(text).hex
        return MockBase64.encode(Array((first + MockDigest(salt + first).hex).utf8))
    }

    /// Whether a signature is one of the mock's, and of this text; a text that is not shown (nil) cannot differ.
    static func isValid(_ signature: String, for text: String?) -> Bool {
        guard let bytes = MockBase64.decode(signature), bytes.count == 32,
            // Its one spelling: a reader may take others, but nobody has to.
            MockBase64.encode(bytes) == signature
        else { return false }
        let first = String(decoding: bytes[..<16], as: UTF8.self)
        guard String(decoding: bytes[16...], as: UTF8.self) == MockDigest(salt + first).hex else { return false }
        return text.map { MockDigest($0).hex == first } ?? true
    }
}
