import Testing

@testable import refrain

@Suite("Texts of others on an operator's terminal")
struct CellTextTests {
    @Test("No character that a terminal obeys comes through, in a cell, a line or an answer")
    func obeyed() {
        let clear = "a\u{1B}[2Jb\u{9B}31mc\u{7F}d\u{8}\u{7}"
        let shown = "a\u{FFFD}[2Jb\u{FFFD}31mc\u{FFFD}d\u{FFFD}\u{FFFD}"
        #expect(CellText.plain(clear) == shown)
        #expect(CellText.line(clear) == shown)
        #expect(CellText.short(clear, 80) == shown)
        for value in Array(0..<0x20 as Range<UInt32>) + Array(0x7F...0x9F) {
            guard let scalar = UnicodeScalar(value), value != 0x0A else { continue }
            #expect(!CellText.plain("a\(Character(scalar))b").unicodeScalars.contains(scalar), "\(value)")
            #expect(!CellText.line("a\(Character(scalar))b").unicodeScalars.contains(scalar), "\(value)")
        }
    }

    @Test("Line ends stay in an answer and are blanks in a line; letters of any script stay")
    func kept() {
        #expect(CellText.plain("one\r\ntwo\nthree") == "one\ntwo\nthree")
        #expect(CellText.line("one\r\ntwo\n\tthree") == "one two three")
        #expect(CellText.plain("naïve 問い 👩‍👩‍👧 \u{A0}") == "naïve 問い 👩‍👩‍👧 \u{A0}")
        #expect(CellText.short("abcdef", 4) == "abc…")
        #expect(CellText.short(nil, 4) == "-")
    }
}
