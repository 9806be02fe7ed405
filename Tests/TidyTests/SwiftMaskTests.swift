import Testing

@Suite("Comments and literals are masked")
struct SwiftMaskTests {
    @Test(
        "Prose is blanked, code stays where it was",
        arguments: [
            (#"a "b" c"#, #"a " " c"#),
            (#"a "\"b" c"#, #"a "   " c"#),
            ("a // b", "a     "),
            ("a /* b /* c */ d */ e", "a                   e"),
            (#"a "b\(c("d"))e" f"#, #"a "  (c(" ")) " f"#),
            (##"a #"b"c"# d"##, ##"a #"   "# d"##),
            ("a \"\"\"\nb \"c\"\n\"\"\" d", "a \"\"\"\n     \n\"\"\" d"),
        ])
    func masks(_ text: String, _ masked: String) {
        #expect(SwiftMask.mask(text) == masked)
    }

    @Test("Every line keeps its place, whatever its bytes")
    func keepsLines() {
        let text = "let a = \"ä\n\"\n/* ö\n*/ let b = 1 // ü"
        #expect(SwiftMask.mask(text).split(separator: "\n", omittingEmptySubsequences: false).count == 4)
    }
}
