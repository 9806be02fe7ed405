import Testing

@testable import GatewayHTTP

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test("Octets are decoded once; what is none stays", arguments: [
        ("plain", "plain"), ("a%2Fb%3a7", "a/b:7"), ("%C3%A9", "é"), ("%252F", "%2F"), ("%", "%"), ("%2", "%2"),
        ("%zz", "%zz"), ("%%41", "%A"), ("", ""), ("%FF", "\u{FFFD}"), ("%é", "%é"),
    ])
    func decoding(text: String, expected: String) {
        #expect(PercentEncoding.decode(text) == expected)
    }
}
