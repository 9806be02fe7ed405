import Foundation
import Logging
import NIOConcurrencyHelpers
import Testing

@testable import Telemetry

@Suite("Log console")
struct LogConsoleTests {
    /// What `body` makes a console write, at 2026-11-21 09:00 UTC.
    private func output(
        _ format: LogConsole.Format = .text(isColored: false), level: Logger.Level = .trace,
        _ body: (inout Logger) -> Void
    ) -> String {
        let written = NIOLockedValueBox("")
        var logger = Logger(label: "refrain.test") { label in
            LogConsole(
                label: label, level: level, format: format,
                now: { UTCTimestamp(milliseconds: 1_795_251_600_000) },
                write: { line in written.withLockedValue { $0 += line } })
        }
        body(&logger)
        return written.withLockedValue { $0 }
    }

    @Test("A line holds the time, the level, the message and the metadata sorted by key")
    func plain() {
        let text = output { $0.info("message", metadata: ["key": "value", "a": "1"]) }
        #expect(text == "2026-11-21T09:00:00.000Z info  message a=1 key=value\n")
    }

    @Test(
        "Level names are five characters wide",
        arguments: [
            (Logger.Level.trace, "trace"), (.debug, "debug"), (.info, "info "), (.notice, "note "),
            (.warning, "warn "), (.error, "error"), (.critical, "crit "),
        ])
    func levels(level: Logger.Level, name: String) {
        #expect(output { $0.log(level: level, "m") } == "2026-11-21T09:00:00.000Z \(name) m\n")
    }

    @Test(
        "Values that could be taken for several are quoted",
        arguments: [
            ("plain", "plain"), ("two words", "\"two words\""), ("", "\"\""), ("a=b", "\"a=b\""),
            ("say \"x\"", "\"say \\\"x\\\"\""), ("c:\\x", "\"c:\\\\x\""), ("é😀", "é😀"),
            ("wide\u{3000}blank", "\"wide\u{3000}blank\""),
        ])
    func quoting(value: String, expected: String) {
        let text = output { $0.info("m", metadata: ["k": "\(value)"]) }
        #expect(text == "2026-11-21T09:00:00.000Z info  m k=\(expected)\n")
    }

    /// Line ends, terminal commands, writing direction, invisible characters.
    static let attacks = [
        "a\n2026-11-21T09:00:00.000Z error forged", "a\r\nb", "\u{1B}[31mred", "\u{85}\u{9B}31m", "\u{2028}x\u{2029}",
        "\u{202E}txt.exe", "\u{0}\u{7}\u{8}\u{7F}", "\u{200B}\u{FEFF}", "\t",
    ]

    @Test("No message, key or value can end a line or drive a terminal", arguments: attacks)
    func injection(attack: String) {
        for format in [LogConsole.Format.text(isColored: false), .json] {
            let text = output(format) {
                $0.info("\(attack)", metadata: ["\(attack)": "\(attack)", "l": ["\(attack)"], "d": ["\(attack)": "x"]])
            }
            #expect(text.unicodeScalars.filter { $0 == "\n" }.count == 1 && text.unicodeScalars.last == "\n")
            let unsafe = text.unicodeScalars.dropLast().filter {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            #expect(unsafe.isEmpty)
        }
    }

    @Test("A JSON line reads back as exactly what was logged", arguments: attacks + ["\"\\/", "é😀\u{10FFFF}\u{E0001}"])
    func json(text: String) throws {
        let line = output(.json) {
            $0.warning("\(text)", metadata: ["k": "\(text)", "list": ["1", ["n": "\(text)"]], "number": "\(7)"])
        }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
        let expected: NSDictionary = [
            "time": "2026-11-21T09:00:00.000Z", "level": "warning", "logger": "refrain.test", "message": text,
            "metadata": ["k": text, "list": ["1", ["n": text]], "number": "7"],
        ]
        #expect(object == expected)
    }

    @Test("What is below the level is not written, and the level can be changed")
    func level() {
        let text = output(level: .warning) { logger in
            logger.info("no")
            logger.logLevel = .debug
            logger.debug("yes")
            logger.trace("no")
        }
        #expect(text == "2026-11-21T09:00:00.000Z debug yes\n")
    }

    @Test("An event's metadata win over the logger's; its error is shown")
    func merging() {
        struct Broken: Error, CustomStringConvertible { let description = "it broke" }
        let text = output { logger in
            logger[metadataKey: "id"] = "1"
            logger[metadataKey: "other"] = "2"
            logger.info("m", error: Broken(), metadata: ["id": "3"])
        }
        #expect(text == "2026-11-21T09:00:00.000Z info  m error=\"it broke\" id=3 other=2\n")
    }

    @Test("Colours stand around the level and the keys, never in what was logged")
    func colors() {
        let text = output(.text(isColored: true)) { $0.error("m", metadata: ["k": "\u{1B}[0m"]) }
        #expect(text == "2026-11-21T09:00:00.000Z \u{1B}[31merror\u{1B}[0m m \u{1B}[2mk=\u{1B}[0m\\u{1b}[0m\n")
    }

    @Test(
        "Colours are for terminals, unless the user refuses them",
        arguments: [
            (true, nil, true), (false, nil, false), (true, "1", false), (true, "", true), (false, "", false),
        ])
    func automaticFormat(isTerminal: Bool, noColor: String?, isColored: Bool) {
        let format = LogConsole.Format.automatic(isTerminal: isTerminal, noColor: noColor)
        #expect(format == .text(isColored: isColored))
    }

    @Test("A text without end makes a line with an end", arguments: [LogConsole.Format.text(isColored: false), .json])
    func length(format: LogConsole.Format) {
        let long = String(repeating: "x", count: 1_000_000)
        let text = output(format) { $0.info("\(long)", metadata: ["k": "\(long)"]) }
        #expect(text.utf8.count < 10_000)
        #expect(text.hasSuffix("\n"))
    }
}
