import Foundation
import GatewayTesting
import Glibc
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
            let reason = "“How can I pay?” on line 2 is already a question of line 1"
            #expect(refused.errors.contains("twice.jsonl:2: \(reason)"), "\(refused.errors)")
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

        /// What an import's last line tells.
        private struct Figures {
            let imported: Int
            let stored: Int
            let unchanged: Int
        }

        private static func figures(_ errors: String) -> Figures? {
            let last = #/imported (\d+) of .*: (\d+) stored .*, (\d+) unchanged; .* s, \d+ lines/s, \d+ MiB in memory/#
            guard let match = errors.firstMatch(of: last), let imported = Int(match.1), let stored = Int(match.2),
                let unchanged = Int(match.3)
            else { return nil }
            return Figures(imported: imported, stored: stored, unchanged: unchanged)
        }

        @Test("An import that is killed in its midst stores the rest when it is run again, and then nothing")
        func killed() async throws {
            let place = try CommandPlace()
            let lines = (0..<1000).map { #"{"id":"\#($0)","question":"What is number \#($0)?","answer":"\#($0)."}"# }
            // A pipe that the command waits at: it can end neither before it is killed nor by itself.
            let pipe = place.folder.appending(path: "pipe.jsonl").path()
            #expect(mkfifo(pipe, 0o600) == 0)
            let descriptor = open(pipe, O_RDWR | O_CLOEXEC)
            try #require(descriptor >= 0)
            let end = FileHandle(fileDescriptor: descriptor)
            defer { try? end.close() }
            let child = try place.start(["import", pipe, "--model", "main"])
            try end.write(contentsOf: Data(lines.prefix(400).map { $0 + "\n" }.joined().utf8))
            try await eventually("some answers are stored") { try place.entries >= 64 }
            child.signal(SIGKILL)
            _ = try await child.wait()
            let stored = try place.entries
            #expect(stored <= 400)

            let file = try place.file("faq.jsonl", lines)
            let rest = try await place.run(["import", file, "--model", "main"])
            #expect(rest.code == 0, "\(rest.errors)")
            let first = try #require(Self.figures(rest.errors), "\(rest.errors)")
            #expect(first.imported == 1000 && first.stored + first.unchanged == 1000)
            #expect(first.unchanged >= 64 && first.stored >= 600)
            #expect(try place.entries == 1000)
            let again = try await place.run(["import", file, "--model", "main"])
            let second = try #require(Self.figures(again.errors), "\(again.errors)")
            #expect(second.stored == 0 && second.unchanged == 1000)
            let exported = try await place.run(["export", "--model", "main"])
            #expect(Set(exported.output.split(separator: "\n").map(String.init)) == Set(lines))
        }
    }
}
