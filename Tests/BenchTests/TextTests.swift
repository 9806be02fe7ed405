import Testing

@testable import refrain

/// What the benchmark reads and writes as text.
@Suite struct TextTests {
    @Test("A line of redis-benchmark is read in its own units, the last one if there are several")
    func redisBenchmark() {
        let output = """
            "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms",…
            "GET","100.00","0.500","0.1","0.2","0.3","0.4","0.5"
            "GET","28571.43","0.030","0.016","0.031","0.047","0.071","1.279"
            """
        #expect(
            RedisFloor.figures(output)
                == RedisFloor.Figures(requestsPerSecond: 28_571.43, p50: 31, p99: 71, max: 1_279))
        for broken in ["", "Could not connect", "\"GET\",\"1\"", "\"GET\",a,b,c,d,e,f,g"] {
            #expect(RedisFloor.figures(broken) == nil)
        }
    }

    @Test("Words between @ signs are filled in, other @ signs stay")
    func template() throws {
        let text = try PeerTemplate.fill("listen @port@; a@b.c @@ @Port@ @open", ["port": "80"])
        #expect(text == "listen 80; a@b.c @@ @Port@ @open")
    }

    @Test("A word without a value is refused by its name")
    func unknownWord() {
        let error = #expect(throws: BenchError.self) { try PeerTemplate.fill("@prot@", ["port": "80"]) }
        #expect(error?.description == "no value for @prot@; known are port")
    }

    @Test("Figures replace what stands between their marks and nothing else")
    func markedSection() {
        let text = "a\n<!-- figures: x -->\nold\n\n<!-- end of figures: x -->\nb\n"
        let new = "a\n<!-- figures: x -->\n\nnew\n\n<!-- end of figures: x -->\nb\n"
        #expect(MarkedSection.replace("x", in: text, with: "new") == new)
        #expect(MarkedSection.replace("x", in: new, with: "new") == new)
        #expect(MarkedSection.replace("y", in: text, with: "new") == nil)
        #expect(MarkedSection.replace("x", in: "<!-- end of figures: x -->\n<!-- figures: x -->", with: "") == nil)
    }

    @Test("A table is the same in text and in Markdown")
    func table() {
        var table = TextTable(["leg", "p50"])
        table.add(["a|b", "1"])
        table.add(["longer", "12"])
        #expect(table.description == "leg     p50\na|b       1\nlonger   12")
        #expect(table.markdown == "| leg | p50 |\n|---|--:|\n| a\\|b | 1 |\n| longer | 12 |")
        #expect(table.count == 2)
    }

    @Test(
        "Numbers keep three digits that count",
        arguments: [
            (0, "0.000"), (0.0456, "0.046"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1235"), (-2, "-2.00"),
            (.nan, "–"),
        ] as [(Double, String)])
    func figures(value: Double, text: String) {
        #expect(Figure.text(value) == text)
    }
}
