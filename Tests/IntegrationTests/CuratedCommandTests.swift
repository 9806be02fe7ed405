import Foundation
import GatewayTesting
import Testing

extension IntegrationTests {
    /// What works on Redis without a gateway.
    @Suite("Commands on curated answers")
    struct CuratedCommandTests {
        private static let pay = #"{"id":"pay","question":"How can I pay?","answer":"By card."}"#

        @Test("Answers of a tenant that no caller is, and of a namespace that none can name, are refused")
        func nobodysAnswers() async throws {
            let place = try CommandPlace { $0.tenants = ["acme", "zeta"] }
            let file = try place.file("faq.jsonl", [Self.pay])
            for (options, words) in [
                ([], "acme, zeta"), (["--tenant", "acmé"], "acme, zeta"),
                (["--tenant", "acme", "--namespace", "a b"], "--namespace"),
                (["--tenant", "acme", "--namespace", String(repeating: "n", count: 129)], "--namespace"),
            ] as [([String], String)] {
                for command in [["import", file], ["export"]] {
                    let outcome = try await place.run(command + ["--model", "main"] + options)
                    #expect(outcome.code != 0 && outcome.errors.contains(words), "\(outcome.errors)")
                }
            }
            #expect(try place.redis.cli("DBSIZE") == "0")
            let known = try await place.run(["import", file, "--model", "main", "--tenant", "acme"])
            #expect(known.code == 0, "\(known.errors)")
            #expect(try place.entries == 1)
        }

        @Test("What can be read once only is refused with --strict, and read without")
        func pipes() async throws {
            let place = try CommandPlace()
            // A child's standard input is /dev/null.
            for path in ["/dev/stdin", "/dev/null"] {
                let strict = try await place.run(["import", path, "--model", "main", "--strict"])
                #expect(strict.code != 0)
                #expect(strict.errors.contains("'\(path)' is no regular file"), "\(strict.errors)")
                let plain = try await place.run(["import", path, "--model", "main"])
                #expect(plain.code == 0, "\(plain.errors)")
            }
            let file = try place.file("faq.jsonl", [Self.pay])
            let regular = try await place.run(["import", file, "--model", "main", "--strict"])
            #expect(regular.code == 0, "\(regular.errors)")
            let doubled = Self.pay.replacing("\"pay\"", with: "\"again\"")
            let twice = try place.file("twice.jsonl", [Self.pay, doubled])
            let refused = try await place.run(["import", twice, "--model", "main", "--strict"])
            #expect(refused.code == 1)
            #expect(refused.errors.contains("twice.jsonl:2: “How can I pay?” on line 2 is already a question of line 1"))
            #expect(refused.errors.contains("nothing was stored"))
        }

        @Test("A table that was exported is imported again as what it was, whatever the texts hold")
        func tables() async throws {
            let place = try CommandPlace()
            let lines = [
                #"{"id":"a","question":"Where, \"exactly\"?","variants":["One|two","[Three]","Four,\nfive"],"#
                    + #""answer":"Line one\nline \"two\", and so on","tags":["x","y"],"locale":"de-AT","#
                    + #""valid_until":"2999-01-31","distractors":["When?","Why?"]}"#,
                #"{"id":"b,c","question":"How much?","answer":"7 €"}"#,
            ]
            let file = try place.file("faq.jsonl", lines)
            #expect(try await place.run(["import", file, "--model", "main"]).code == 0)
            let exported = try await place.run(["export", "--model", "main", "--format", "csv"])
            #expect(exported.code == 0, "\(exported.errors)")
            #expect(exported.output.hasPrefix("id,question,variants,answer,tags,locale,valid_until,distractors\r\n"))
            let table = place.folder.appending(path: "copy.csv")
            try Data(exported.output.utf8).write(to: table)
            let same = try await place.run(["import", table.path(), "--model", "main"])
            #expect(same.code == 0 && same.errors.contains("2 unchanged"), "\(same.errors)")
            #expect(try await place.run(["import", table.path(), "--model", "other"]).code == 0)
            let copied = try await place.run(["export", "--model", "other"])
            #expect(copied.output == lines.map { $0 + "\n" }.joined())
        }
    }
}
