import SemanticCache
import Testing

@testable import GatewayConfig

@Suite struct ConfigKindTests {
    private func value<Value>(_ text: String, _ kind: ConfigKind<Value>) -> Value? {
        try? kind.parse(text)
    }

    private func message<Value>(_ text: String, _ kind: ConfigKind<Value>) -> String? {
        do throws(ConfigProblem) {
            _ = try kind.parse(text)
            return nil
        } catch {
            return error.message
        }
    }

    @Test("An integer is decimal and inside its range, both ends included")
    func integers() {
        let kind = ConfigKind.integer(-1...65_535)
        #expect(value("0", kind) == 0)
        #expect(value("-1", kind) == -1)
        #expect(value("65535", kind) == 65_535)
        for text in ["65536", "-2", "", " 1", "1.0", "1e3", "0x10", "1_000", "99999999999999999999", "eight"] {
            #expect(value(text, kind) == nil, "\(text)")
        }
        #expect(message("70000", kind) == "expected an integer from -1 to 65535, found 70000")
    }

    @Test("A number is decimal and inside its range, both ends included")
    func numbers() {
        let kind = ConfigKind<Float>.number(0...1)
        for (text, number) in [("0", 0), ("1", 1), ("0.93", 0.93), ("1.0", 1), (".5", 0.5)] as [(String, Float)] {
            #expect(value(text, kind) == number)
        }
        for text in ["1.4", "-0.1", "", "nan", "inf", "0x1p-1", "1e-1", "0,93", "0.9.3", "90%"] {
            #expect(value(text, kind) == nil, "\(text)")
        }
        #expect(message("1.4", kind) == "expected a number from 0 to 1, found 1.4")
    }

    @Test("A truth value is true or false and nothing else YAML ever took for one")
    func truth() {
        #expect(value("true", .bool) == true)
        #expect(value("false", .bool) == false)
        for text in ["yes", "no", "on", "off", "True", "1", ""] { #expect(value(text, .bool) == nil, "\(text)") }
        #expect(message("yes", .bool) == "expected true or false, found yes")
    }

    @Test("A duration is an integer with its unit, inside its range")
    func durations() {
        let kind = ConfigKind.duration(.milliseconds(1) ... .seconds(86_400))
        let good: [(String, Duration)] = [
            ("25ms", .milliseconds(25)), ("2s", .seconds(2)), ("10m", .seconds(600)), ("24h", .seconds(86_400)),
            ("1d", .seconds(86_400)), ("1ms", .milliseconds(1)),
        ]
        for (text, duration) in good { #expect(value(text, kind) == duration, "\(text)") }
        for text in [
            "", "25", "0ms", "2d", "ms", "-1s", "1.5s", "1 s", "1S", "1us", "1w", "1h30m", "9223372036854775807d",
            "99999999999999999999s", "١s",
        ] { #expect(value(text, kind) == nil, "\(text)") }
        #expect(
            message("25", kind)
                == "expected a duration from 1ms to 1d, such as 25ms, 2s, 10m, 24h or 1d, found 25")
    }

    @Test("A size is a number of bytes with or without a unit of 1024, inside its range")
    func sizes() {
        let kind = ConfigKind.bytes(0...1 << 30)
        let good = [
            ("0", 0), ("17", 17), ("17B", 17), ("256KiB", 262_144), ("10MiB", 10_485_760), ("1GiB", 1_073_741_824),
        ]
        for (text, bytes) in good { #expect(value(text, kind) == bytes, "\(text)") }
        for text in [
            "", "KiB", "10MB", "10kib", "1.5MiB", "-1", "2GiB", "1073741825", "9223372036854775807GiB",
            "99999999999999999999",
        ] { #expect(value(text, kind) == nil, "\(text)") }
        #expect(
            message("10MB", kind) == "expected a size from 0B to 1GiB, such as 256KiB or 10MiB, found 10MB")
    }

    @Test("A choice lists what can be chosen and suggests what was probably meant")
    func choices() {
        let kind = ConfigKind<CacheConfiguration.Mode>.choice
        #expect(value("exact", kind) == .exact)
        let expected = "expected one of off, exact, semantic, found"
        #expect(message("semantik", kind) == "\(expected) semantik; did you mean semantic?")
        #expect(message("Exact", kind) == "\(expected) Exact; did you mean exact?")
        #expect(message("everything", kind) == "\(expected) everything")
    }

    @Test("A name can stand in a metric's label and in another name")
    func names() {
        for text in ["a", "eu-west.1_b", String(repeating: "a", count: 64)] { #expect(value(text, .name) == text) }
        for text in ["", "a b", "a/b", "ä", "a\n", String(repeating: "a", count: 65)] {
            #expect(value(text, .name) == nil, "\(text)")
        }
        #expect(message("a\u{1B}[31m", .name)?.hasSuffix(#"found 'a\u{1B}[31m'"#) == true)
    }

    @Test("Words have no spaces, texts have no line ends")
    func texts() {
        #expect(value("org/model:8b", .word("a model")) == "org/model:8b")
        #expect(value("two words", .word("a model")) == nil)
        #expect(value("", .word("a model")) == nil)
        #expect(value("my model", .text("a folder")) == "my model")
        #expect(value("my\nmodel", .text("a folder")) == nil)
        #expect(value("", .text("a folder")) == nil)
    }

    @Test("A base URL is http or https with a host, and ends where paths are added")
    func baseURLs() {
        for text in [
            "http://127.0.0.1:8081", "https://api.example.com/v1", "http://[::1]:80/v1", "https://[::1]",
            "http://localhost:65535/a/b",
        ] { #expect(value(text, .baseURL) == text) }
        let bad = [
            "api.example.com/v1": "neither http:// nor https:// at its start",
            "ftp://a.example": "neither http:// nor https:// at its start",
            "https://a.example/v1/": "'/' at its end", "https://a.example/": "'/' at its end",
            "https://a.example/v1?key=hidden": "a query or fragment", "https://a.example#hidden": "a query or fragment",
            "https://me:hidden@a.example": "a user or password; use api_key",
            "https://": "no host", "https://:80": "no host", "https:///v1": "no host",
            "https://a.example:0": "a port that is not 1 to 65535",
            "https://a.example:65536/v1": "a port that is not 1 to 65535",
            "https://a.example:": "a port that is not 1 to 65535", "https://a:b:1": "an IPv6 address without brackets",
            "https://[::1": "half a pair of brackets around the host",
            "https://a b": "a space or a character that is not ASCII",
        ]
        for (text, fault) in bad {
            let expected = "expected a URL such as https://api.example.com/v1, found \(fault)"
            #expect(message(text, .baseURL) == expected, "\(text)")
        }
    }
}
