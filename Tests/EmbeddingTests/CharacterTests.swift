import Testing

@testable import Embedding

/// Every seventh character of the planes in use, between two letters, against the reference implementation
/// (Hugging Face tokenizers 0.23.3 on the model's tokenizer.json).
@Suite("Characters", .enabled(if: ReferenceSet.modelDirectory != nil, "needs the model (make model)"))
struct CharacterTests {
    /// For each block of 4,096 characters: the ids of “b?a” for each seventh one, folded by h · 31 + id modulo 2³².
    static let expected: [UInt32] = [
        0xC744_AEC0, 0x7354_BABC, 0x3B99_8D7D, 0xC15B_B0AE, 0xA5F9_DB10, 0x11DD_6BDF, 0x837C_9582, 0xDFC3_4760,
        0x293F_DCA7, 0x226C_993D, 0x0D27_6E20, 0x3B1A_2927, 0x3B1A_2927, 0x39E3_E867, 0xE3FB_8C60, 0x2093_E883,
        0xB7A9_8F34, 0x98B7_8940, 0x0EF1_F8B4, 0x3B1A_2927, 0x3B1A_2927, 0xC95C_7920, 0x8776_AD21, 0x3B1A_2927,
        0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0xF457_1C6D, 0xC95C_7920, 0xC9A5_F32D, 0x231E_516D, 0x3B1A_2927,
        0x8F51_E274, 0x8F51_E274, 0x8F51_E274, 0xCFE6_9A80, 0x8F51_E274, 0x8F51_E274, 0x8F51_E274, 0x8F51_E274,
        0x8F51_E274, 0x8F51_E274, 0x912D_F6C0, 0xC5D4_A4B4, 0x0246_A574, 0x3B1A_2927, 0x3B1A_2927, 0x5EFD_B15B,
        0x3B1A_2927, 0xC95C_7920, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927,
        0xC95C_7920, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0x3B1A_2927, 0xC95C_7920,
    ]

    @Test("Characters of all scripts are cleaned, stripped, lowered and split as by the reference")
    func blocks() throws {
        let model = try LocalModel(
            directory: try #require(ReferenceSet.modelDirectory), maximumTokens: 256, specialTokens: .recognise)
        var found = [UInt32](repeating: 0, count: Self.expected.count)
        for value in stride(from: UInt32(0), to: 0x40000, by: 7) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            for id in model.tokenizer.tokenize("b\(Character(scalar))a").ids {
                found[Int(value >> 12)] = found[Int(value >> 12)] &* 31 &+ UInt32(bitPattern: id)
            }
        }
        for (block, (found, expected)) in zip(found, Self.expected).enumerated() {
            #expect(found == expected, "characters from U+\(String(block << 12, radix: 16))")
        }
    }
}
