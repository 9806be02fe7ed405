import GatewayCore
import GatewayTesting
import NIOCore
import Testing

@testable import SemanticCache

@Suite("Reading files of curated answers")
struct CuratedReaderTests {
    private func read(_ pieces: [[UInt8]], _ form: CuratedReader.Form) -> [String] {
        var reader = CuratedReader(form)
        let lines = pieces.flatMap { reader.feed(ByteBuffer(bytes: $0)) } + reader.finish()
        return lines.map { line in
            switch line.content {
            case .success(let answer): "\(line.number) \(String(buffer: answer.json))"
            case .failure(let mistake): "\(line.number)! \(mistake)"
            }
        }
    }

    private static let lines = """
        \u{FEFF}{"id": "a", "question": "Où?", "answer": "Là\\n."}\r

        {"id": "b", "question": "?"}
        {"id": "c", "question": "?", "answer": "!", "variants": ["??"], "tags": ["t"], "locale": "de-AT",
        {"id": "d", "question": "?", "answer": "!", "valid_until": "2999-01-31", "distractors": ["!?"], "locale": null}
        """
    private static let table = """
        id,question, variants ,answer,tags,valid_until\r
        a,"Where, ""exactly""?",One|  Two |,"Line one
        line two",x|y,\r
        ,,,
        b,?,"[""a|b"",""c""]",!,,2999-01-31T00:00:00Z
        c,?,[1],!,,
        """

    @Test("Lines are read alike wherever the stream is cut, with their numbers", arguments: [
        CuratedReader.Form.lines, .table,
    ])
    func cuts(form: CuratedReader.Form) {
        let bytes = Array((form == .lines ? Self.lines : Self.table).utf8)
        let expected = form == .lines
            ? [
                #"1 {"id":"a","question":"Où?","answer":"Là\n."}"#, "3! 'answer' is missing",
                #"5 {"id":"d","question":"?","answer":"!","valid_until":"2999-01-31","distractors":["!?"]}"#,
            ]
            : [
                #"2 {"id":"a","question":"Where, \"exactly\"?","variants":["One","Two"],"# +
                    #""answer":"Line one\nline two","tags":["x","y"]}"#,
                "4! expected 6 fields, found 4",
                #"5 {"id":"b","question":"?","variants":["a|b","c"],"answer":"!","# +
                    #""valid_until":"2999-01-31T00:00:00Z"}"#,
                "6! 'variants' must be an array of strings",
            ]
        func check(_ pieces: [[UInt8]]) {
            // The parser's own words are not repeated here.
            let found = read(pieces, form).filter { !$0.contains("not valid JSON") }
            #expect(found == expected)
        }
        for pieces in ByteSplitter.everyPair(bytes) { check(pieces) }
        check(ByteSplitter.single(bytes))
        if form == .lines { #expect(read([bytes], form).contains { $0.hasPrefix("4! not valid JSON") }) }
    }

    @Test("A mistake says what was expected and what was found", arguments: [
        (#"[]"#, "expected an object, found an array"), (#"{"id":1}"#, "'id' must be a string, found a number"),
        (#"{"id":"a","question":" ","answer":"!"}"#, "'question' is empty"),
        (#"{"id":"","question":"?","answer":"!"}"#, "'id' must be 1 to 256 bytes without control characters"),
        (#"{"id":"a","question":"?","answer":"!","varients":[]}"#, "'varients' is not known; expected "),
        (#"{"id":"a","question":"?","answer":"!","variants":"x"}"#, "'variants' must be an array of strings, found "),
        (#"{"id":"a","question":"?","answer":"!","variants":[1]}"#, "'variants' must be an array of strings, found "),
        (#"{"id":"a","question":"?","answer":"!","tags":["a b"]}"#, "'tags' must hold at most 15 words"),
        (#"{"id":"a","question":"?","answer":"!","locale":"de_AT"}"#, "'locale' must be a language tag"),
        (#"{"id":"a","question":"?","answer":"!","valid_until":"soon"}"#, "'valid_until' must be a date (2027-01-31)"),
        (#"{"id":"a","question":"?","answer":"!","distractors":["?"]}"#, "“?” is a question of the answer and a "),
    ])
    func mistakes(line: String, mistake: String) {
        let found = read([Array(line.utf8)], .lines)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("1! \(mistake)") == true, "\(found)")
    }

    @Test("A table whose columns are not known is refused once, and none of its rows is read")
    func header() {
        for (header, mistake) in [
            ("id,question", "the first row must name the columns; 'answer' is missing"),
            ("id,question,answer,reply", "the column 'reply' is not known; expected "),
            ("id,id,question,answer", "a column is named twice"),
        ] {
            let found = read([Array("\(header)\na,b,c,d\na,b,c\n".utf8)], .table)
            #expect(found.count == 1)
            #expect(found.first?.hasPrefix("1! \(mistake)") == true, "\(found)")
        }
    }

    @Test("What is too long is passed over and told, and so is a quote that never closes; the next line is read")
    func tooLong() {
        let long = String(repeating: "x", count: CuratedRows.lengthLimit + 1)
        let good = #"{"id":"a","question":"?","answer":"!"}"#
        #expect(read([Array("\(long)\n\(good)".utf8)], .lines) == ["1! longer than 1048576 bytes", "2 \(good)"])
        let open = "id,question,answer\na,\"?,!\nb,?,!\n"
        #expect(read([Array(open.utf8)], .table) == ["2! a quote that never closes"])
        let swallowed = read([Array("id,question,answer\na,\"\(long)\nb,?,!\n".utf8)], .table)
        #expect(swallowed == ["2! longer than 1048576 bytes", #"3 {"id":"b","question":"?","answer":"!"}"#])
        #expect(read([[0xFF, 0x0A]], .lines).first?.hasPrefix("1! not valid JSON") == true)
        #expect(read([Array("id,question,answer\n".utf8) + [0xFF, 0x2C, 0x2C]], .table) == ["2! not valid UTF-8"])
    }

    @Test("What is written is read again as it was, as a line and as a row, whatever the texts")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let letters = Array("ab \"\\,|\n\r\té😀[]{}") + ["\u{301}"]
        func text() -> String {
            "x" + String((0..<Int.random(in: 0...12, using: &generator)).map { _ in
                letters.randomElement(using: &generator) ?? "a"
            })
        }
        for number in 0..<300 {
            let answer = try CuratedAnswer(
                id: "id \(number)", question: text(), variants: [text(), text()], answer: text(), tags: ["a", "b"],
                locale: "en", validUntil: "2999-01-31", distractors: [text() + "!"])
            #expect(try CuratedAnswer(json: answer.json) == answer)
            var reader = CuratedReader(.table)
            let read = reader.feed(CuratedAnswer.header) + reader.feed(answer.row) + reader.finish()
            #expect(try read.map { try $0.content.get() } == [answer])
        }
    }

    @Test("A row is written with quotes where it needs them, and what is not there is an empty cell")
    func rows() throws {
        #expect(
            String(buffer: CuratedAnswer.header)
                == "id,question,variants,answer,tags,locale,valid_until,distractors\r\n")
        let plain = try CuratedAnswer(id: "a", question: "Where?", answer: "There.")
        #expect(String(buffer: plain.row) == "a,Where?,,There.,,,,\r\n")
        let all = try CuratedAnswer(
            id: "a,b", question: "\"Where\"?", variants: ["One|two", "Three"], answer: "Line one\nline two",
            tags: ["t"], locale: "de-AT", validUntil: "2999-01-31", distractors: ["When?"])
        #expect(
            String(buffer: all.row)
                == #""a,b","""Where""?","[""One|two"",""Three""]","Line one"# + "\n"
                + #"line two","[""t""]",de-AT,2999-01-31,"[""When?""]""# + "\r\n")
    }

    @Test("A date counts to its end; without one an answer stays")
    func dates() throws {
        func expiry(_ text: String?) throws -> UnixTime {
            try CuratedAnswer(id: "a", question: "?", answer: "!", validUntil: text).expires
        }
        #expect(try expiry("2027-01-31") == UnixTime(date: "2027-02-01"))
        #expect(try expiry("2027-01-31T00:00:00Z") == UnixTime(date: "2027-01-31"))
        #expect(try expiry(nil) == Curation.forever)
    }
}
