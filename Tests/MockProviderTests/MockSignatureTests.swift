import Testing

@testable import MockProvider

@Suite("Signatures of thoughts")
struct MockSignatureTests {
    @Test("A signature is valid for its own text alone, and any change breaks it")
    func changes() {
        let signature = MockSignature.sign("a thought")
        #expect(MockSignature.isValid(signature, for: "a thought") && MockSignature.isValid(signature, for: nil))
        #expect(!MockSignature.isValid(signature, for: "another thought"))
        let characters = Array(signature)
        for index in characters.indices.dropLast() {
            var changed = characters
            changed[index] = changed[index] == "A" ? "B" : "A"
            #expect(!MockSignature.isValid(String(changed), for: nil) || changed == characters)
        }
        for text in ["", "=", "c2lnbmF0dXJl", signature + "AAAA"] { #expect(!MockSignature.isValid(text, for: nil)) }
    }

    @Test("Base64 is that of RFC 4648", arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64(_ text: String, _ code: String) {
        #expect(MockBase64.encode(Array(text.utf8)) == code)
        #expect(MockBase64.decode(code) == Array(text.utf8))
    }

    @Test("What is no Base64 is not decoded")
    func noBase64() {
        for text in ["A", "Zm9vY", "Zm 9", "Zm9v!"] { #expect(MockBase64.decode(text) == nil) }
        #expect(MockBase64.decode("-_8") == [0xFB, 0xFF])
    }
}
