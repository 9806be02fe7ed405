import Testing

@testable import RequestAnalysis

@Suite("Folding a question to its canonical form")
struct QuestionFoldingTests {
    /// Each row is one question in several spellings.
    private static let sameQuestion: [[String]] = [
        ["What is the capital of France?", "what is the capital of france", "What is the capital of France"],
        ["how do i pay", "How do i pay?", "  how   do i pay ?!", "how do i pay..."],
        ["HOW DO I RESET MY PASSWORD", "How do I reset my password?"],
        ["PLEASE CANCEL MY ORDER NOW!!!", "please cancel my order now"],
        ["a\tb  c", "a b c", "a\n\nb c\n", "a\u{A0}b\u{3000}c"],
        ["caf\u{E9} opening hours", "Cafe\u{301} opening hours?"],
        ["don't panic", "Don't panic!"],
        ["I'm locked out", "i'm locked out."],
        ["Wi-Fi password", "wi-fi password"],
        ["¿Dónde está mi pedido?", "dónde está mi pedido", "¿dónde está mi pedido?"],
        ["¡Hola!", "hola"],
        ["Où est ma carte\u{A0}?", "où est ma carte"],
        ["Wo ist meine Straße?", "wo ist meine straße"],
        ["ÄRGER MIT DER RECHNUNG HIER", "ärger mit der rechnung hier"],
        ["soft\u{AD}ware up\u{200B}date", "software update", "\u{FEFF}software update"],
        ["Привет, мир", "привет, мир!"],
        ["你好吗？", "你好吗"],
        ["Is it 5?", "is it 5"],
        ["What is C++?", "what is C++"],
        ["(Really) sure?", "(really) sure"],
        ["First line.\nSecond line.", "first line. second line"],
        ["J\u{30C}uly", "\u{1F0}uly"],
        ["What is 5!?", "what is 5!"],
        ["Is it \"US\" or \"us\"?", "is it \"US\" or \"us\""],
    ]

    /// Each row holds questions of which no two are the same.
    private static let differentQuestions: [[String]] = [
        ["What is C?", "What is C#?", "What is C++?", "What is c?"],
        ["What is 5-3", "What is 53", "What is 5 3", "What is 5 - 3", "What is -5 3"],
        ["Is it .5", "Is it 5", "Is it -5", "Is it +5", "Is it 5%", "Is it $5"],
        ["visa for the US", "visa for the us"],
        ["who is IT", "who is it"],
        ["What is 5!", "What is 5?"],
        ["What is n!", "What is n?"],
        ["Changes in v1.", "Changes in v1"],
        ["order ORDER-1234", "order order-1234"],
        ["open userName", "open username"],
        ["open user_Name", "open user_name"],
        ["mail to Ann@example.org", "mail to ann@example.org"],
        ["get https://example.org/Path", "get https://example.org/path"],
        ["read /etc/Hosts", "read /etc/hosts"],
        ["file README.md", "file readme.md"],
        ["hex 0xFF", "hex 0xff"],
        ["iPhone", "iphone"],
        ["vitamin D", "vitamin d"],
        ["run `Foo`", "run `foo`"],
        ["if (A) { return B; }", "if (a) { return b; }"],
        ["run it:\n    if x:\n        y", "run it: if x: y"],
        ["what does Foo() do", "what does foo() do"],
        ["ls -L", "ls -l"],
        ["$ echo Hi", "$ echo hi"],
        ["git log Foo", "git log foo"],
        ["x == Y", "x == y"],
        ["let Total = 5", "let total = 5"],
        ["is <Name> right", "is <name> right"],
        ["spell \"Polish\"", "spell \"polish\""],
        ["count \"a  b\"", "count \"a b\""],
        ["meaning of «Heute»", "meaning of «heute»"],
        ["meaning of „Heute“", "meaning of „heute“"],
        ["I saw e.g. ", "I saw e.g"],
        ["It is near No.", "It is near No"],
        ["?", "!", "..."],
        ["kahve \u{130}", "kahve i", "kahve I", "kahve \u{131}"],
        ["\u{130}LAN", "ilan", "\u{131}lan"],
        ["Masse", "Maße"],
        ["👩\u{200D}💻", "👩💻"],
        ["क\u{94D}\u{200D}ष", "क\u{94D}ष"],
        ["5\u{200F}-3", "5-3"],
        ["resume", "résumé"],
        ["CAN WE GO", "can we go"],
        ["well-known", "well known"],
        ["it's", "its"],
        ["x^2", "x2"],
        ["10:30", "1030"],
        ["1,5", "15", "1.5"],
        ["a/b", "a b"],
        ["yes, no", "yes no"],
        ["Let's eat, grandma", "Let's eat grandma"],
        ["@Ann", "@ann"],
        ["#Swift", "#swift"],
        [".NET", ".net"],
        ["Node.JS", "node.js"],
        ["McDonald", "mcdonald"],
        ["null\u{0}byte", "nullbyte"],
        ["what", ""],
    ]

    @Test("Spellings of one question fold together", arguments: sameQuestion)
    func together(spellings: [String]) throws {
        let first = QuestionFolding.fold(try #require(spellings.first))
        for spelling in spellings {
            #expect(QuestionFolding.fold(spelling) == first)
        }
    }

    @Test("Different questions stay apart", arguments: differentQuestions)
    func apart(questions: [String]) {
        let folded = questions.map { QuestionFolding.fold($0).unicodeScalars.map(\.value) }
        #expect(Set(folded).count == questions.count, "\(questions.map(QuestionFolding.fold))")
    }

    @Test("Code keeps all but its Unicode form")
    func code() {
        let code = "Fix:\n```\nLet  X = 1\n```\n"
        #expect(QuestionFolding.fold(code) == code)
        let composed = QuestionFolding.fold("`Cafe\u{301}`  Y")
        #expect(Array(composed.unicodeScalars) == Array("`Caf\u{E9}`  Y".unicodeScalars))
    }

    @Test("A text of nothing but white space folds to nothing")
    func blank() {
        #expect(QuestionFolding.fold(" \n\t\u{A0}") == "")
        #expect(QuestionFolding.fold("") == "")
    }

    @Test("A hundred thousand opening quotes are folded in one pass")
    func quotes() {
        let text = String(repeating: "\u{201C}A ", count: 100_000)
        #expect(QuestionFolding.fold(text).utf8.count == text.utf8.count - 1)
    }
}
