import GatewayCore
import Testing

@Suite("Base64")
struct Base64Tests {
    /// RFC 4648, section 10, and `printf '…' | base64`.
    @Test("Texts, as other programs write them", arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("Grüße", "R3LDvMOfZQ=="), ("👋?", "8J+Riz8="),
    ])
    func texts(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
        #expect(Base64.decodeText(encoded) == text)
    }

    @Test("A strict reader takes nothing else", arguments: [
        "Z", "Zg", "Zg=", "Zg===", "====", "Z=g=", "Zm9 ", "Zm9vY", "-_AA", "AAA=AAAA", "Zg\u{0}=", "AAA\u{e9}",
    ])
    func strict(text: String) { #expect(Base64.decode(text) == nil) }

    @Test("A lenient one forgives spaces, missing padding and the other alphabet", arguments: [
        ("R3LD\nvMOf ZQ", "Grüße"), ("8J-Riz8", "👋?"), ("\tZg = =", "f"),
    ])
    func lenient(text: String, plain: String) { #expect(Base64.decodeText(text) == plain) }

    @Test("What is no base64 or no text is not decoded", arguments: ["Z", "Zm9vY", "####", "/w==", "Zg\u{0}==", "Z=g"])
    func noText(text: String) { #expect(Base64.decodeText(text) == nil) }
}
