import Testing

@testable import SemanticCache

@Suite("The stored form of guard features")
struct GuardFeaturesEncodingTests {
    private static let texts = [
        "", "How do I pay?", "I can't see -1.5 kg of ORDER-1234 for $20, nor the second one",
        (0..<200).map { "\($0) ab\($0)x not word\($0)" }.joined(separator: " "), "Où n'est-ce pas 5 € ?",
    ]

    @Test("Features come back from their bytes as they were", arguments: texts)
    func roundTrip(text: String) {
        let features = GuardFeatures(text: text)
        #expect(GuardFeatures(encoded: features.encoded) == features)
        #expect(features.encoded.count <= 1_500)
    }

    @Test("Bytes that are cut short, lengthened or of another version are refused", arguments: texts)
    func refuses(text: String) {
        let bytes = GuardFeatures(text: text).encoded
        for length in 0..<bytes.count where length < 8 || bytes[1] & 2 == 0 {
            #expect(GuardFeatures(encoded: Array(bytes[..<length])) == nil)
        }
        #expect(GuardFeatures(encoded: bytes + [0]) == nil)
        #expect(GuardFeatures(encoded: [bytes[0] &+ 1] + bytes.dropFirst()) == nil)
    }
}
