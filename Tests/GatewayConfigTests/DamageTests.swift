import GatewayTesting
import Testing

@testable import GatewayConfig

@Suite struct DamageTests {
    @Test(
        "A damaged file never traps, and what is refused has its place and no secret",
        arguments: [1, 2, 3, 4] as [UInt64])
    func damage(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let whole = Array(try SampleFile.textWithExamples().utf8)
        var refused = 0
        for round in 0..<200 {
            let text = String(decoding: damaged(whole, using: &generator), as: UTF8.self)
            do throws(ConfigIssues) {
                _ = try GatewayConfiguration.load(yaml: text, source: "damaged", secrets: SampleFile.secrets)
            } catch {
                refused += 1
                let lines = text.unicodeScalars.count { $0 == "\n" } + 1
                #expect(!error.issues.isEmpty)
                for issue in error.issues {
                    #expect((1...lines).contains(issue.line), "seed \(seed), round \(round): \(issue)")
                    #expect(!issue.message.contains("-secret"), "seed \(seed), round \(round): \(issue)")
                }
                let places = error.issues.map { ConfigPosition(line: $0.line, column: $0.column) }
                #expect(places == places.sorted(), "seed \(seed), round \(round)")
            }
        }
        // Most damage hits comments or makes another valid value; that much must still be noticed.
        #expect(refused > 40)
    }

    @Test("A file cut anywhere never traps")
    func cut() throws {
        let whole = try SampleFile.textWithExamples().utf8
        for count in stride(from: 0, to: whole.count, by: 41) {
            let text = String(decoding: whole.prefix(count), as: UTF8.self)
            _ = try? GatewayConfiguration.load(yaml: text, source: "cut", secrets: SampleFile.secrets)
        }
    }

    /// One to four changes: a byte replaced, bytes dropped, a piece doubled, or a character of YAML's syntax put in.
    private func damaged(_ bytes: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var damaged = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            guard let place = damaged.indices.randomElement(using: &generator) else { break }
            let end = min(damaged.count, place + Int.random(in: 1...80, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: damaged[place] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: damaged.removeSubrange(place..<end)
            case 2: damaged.insert(contentsOf: damaged[place..<end], at: place)
            default:
                let syntax = Array(":-[]{}\"'#&*!|>%@?,\n\t ~\r".utf8)
                if let byte = syntax.randomElement(using: &generator) { damaged.insert(byte, at: place) }
            }
        }
        return damaged
    }
}
