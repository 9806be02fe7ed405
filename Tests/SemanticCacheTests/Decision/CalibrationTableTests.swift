import GatewayCore
import NIOCore
import Testing

@testable import SemanticCache

@Suite("The table of calibrations")
struct CalibrationTableTests {
    private static let encoder = EncoderIdentity(name: "tiny", fingerprint: "ab12", dimension: 8)

    private static func row(_ fingerprint: String, intercept: Double) -> String {
        """
        {"encoder": "tiny", "fingerprint": "\(fingerprint)", "dimension": 8, "intercept": \(intercept), \
        "closeness": 0.5, "odds": 1e-1, "provenance": "made up"}
        """
    }

    private static func table(_ rows: [String]) throws -> CalibrationTable {
        try CalibrationTable(json: ByteBuffer(string: "{\"calibrations\": [\(rows.joined(separator: ","))]}"))
    }

    @Test("The very weights go before any of the name")
    func precedence() throws {
        let table = try Self.table([
            Self.row("", intercept: 1), Self.row("ab12", intercept: 2), Self.row("ffff", intercept: 3),
        ])
        #expect(try table.calibration(for: Self.encoder).intercept == 2)
        let other = EncoderIdentity(name: "tiny", fingerprint: "cd", dimension: 8)
        #expect(try table.calibration(for: other) == MatchCalibration(intercept: 1, closeness: 0.5, odds: 0.1))
    }

    @Test("An encoder that nothing is known of is refused, with what is known and what to do")
    func unknown() throws {
        let table = try Self.table([Self.row("ffff", intercept: 3)])
        for encoder in [Self.encoder, EncoderIdentity(name: "tiny", fingerprint: "ffff", dimension: 9)] {
            do {
                _ = try table.calibration(for: encoder)
                Issue.record("expected an error")
            } catch {
                #expect(error.code == .noCalibration)
                #expect(error.message.contains("tiny#ffff/8") && error.message.contains("\(encoder)"))
                #expect(error.message.contains("refrain cache calibrate"))
            }
        }
    }

    @Test("What is written is read again, and a row for the same encoder takes the other's place")
    func roundTrip() throws {
        var table = CalibrationTable()
        let odd = MatchCalibration(intercept: -1.25, closeness: 1e-9, odds: 7)
        table.set(.init(encoder: Self.encoder, calibration: .miniLM, provenance: "first"))
        table.set(.init(encoder: Self.encoder, calibration: odd, provenance: "second \"quoted\""))
        #expect(table.rows.count == 1)
        #expect(try CalibrationTable(json: table.json) == table)
    }

    @Test(
        "A file that is none is refused by its place",
        arguments: [
            ("[", "JSON"), ("{}", "calibrations"), ("{\"calibrations\": [{}]}", "calibration 1: \"encoder\""),
            ("{\"calibrations\": [{\"encoder\": \"a\"}]}", "dimension"),
            (
                #"{"calibrations": [{"encoder": "a", "dimension": 1, "provenance": "", "intercept": "x"}]}"#,
                "intercept"
            ),
        ])
    func malformed(text: String, part: String) {
        do {
            _ = try CalibrationTable(json: ByteBuffer(string: text))
            Issue.record("expected an error")
        } catch {
            #expect(error.code == .malformed)
            #expect(error.message.contains(part))
        }
    }
}
