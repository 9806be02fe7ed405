import GatewayTesting
import Testing

@testable import SemanticCache

@Suite("Evidence about scores")
struct CalibrationEvidenceTests {
    private static func random(_ seed: UInt64, labels: Int) -> CalibrationEvidence {
        var random = SeededGenerator(seed: seed)
        var evidence = CalibrationEvidence()
        for _ in 0..<labels {
            evidence.add(
                score: Double.random(in: -9..<15, using: &random), isRight: Bool.random(using: &random),
                weight: Double.random(in: 0..<1, using: &random))
        }
        return evidence
    }

    @Test("Merging is the same in every order")
    func merge() {
        let parts = (1...3).map { Self.random($0, labels: 200) }
        func sum(_ order: [Int]) -> CalibrationEvidence {
            order.reduce(into: CalibrationEvidence()) { $0.merge(parts[$1]) }
        }
        let (one, other) = (sum([0, 1, 2]), sum([2, 0, 1]))
        for bin in 0..<ScoreBins.count {
            #expect(abs(one.right[bin] - other.right[bin]) < 1e-12)
            #expect(abs(one.wrong[bin] - other.wrong[bin]) < 1e-12)
        }
        #expect(abs(one.weight - parts.map(\.weight).reduce(0, +)) < 1e-9)
    }

    @Test("Half of a label is left after 346 more")
    func fading() {
        var evidence = CalibrationEvidence()
        evidence.add(score: 0, isRight: true, weight: 1)
        for _ in 0..<346 { evidence.add(score: 5, isRight: true, weight: 0) }
        #expect(abs(evidence.weight - 0.5) < 0.001)
    }

    @Test("What is no score or no weight changes nothing, what is out of range is brought into it")
    func extremes() {
        var evidence = CalibrationEvidence()
        evidence.add(score: .nan, isRight: true, weight: 1)
        evidence.add(score: 1, isRight: true, weight: .nan)
        evidence.add(score: 1, isRight: true, weight: -5)
        #expect(evidence.weight == 0)
        evidence.add(score: .infinity, isRight: true, weight: 1e30)
        evidence.add(score: -.infinity, isRight: false, weight: 1)
        #expect(evidence.right.last.map { $0 > 9 } == true)
        #expect(evidence.wrong.first == 1)
    }

    @Test("Bytes read back are what was written, to 24 bits")
    func roundTrip() throws {
        for labels in [0, 1, 50, 3000] {
            let evidence = Self.random(7, labels: labels)
            let read = try #require(CalibrationEvidence(encoded: evidence.encoded))
            #expect(evidence.encoded.count <= 865)
            for bin in 0..<ScoreBins.count {
                #expect(abs(read.right[bin] - evidence.right[bin]) <= 1e-6 * max(1, evidence.right[bin]))
                #expect(abs(read.wrong[bin] - evidence.wrong[bin]) <= 1e-6 * max(1, evidence.wrong[bin]))
            }
            #expect(CalibrationEvidence(encoded: read.encoded) == read)
        }
    }

    @Test("Cut bytes and random bytes are refused or read, never trapped on")
    func damaged() {
        let bytes = Self.random(3, labels: 500).encoded
        for length in 0..<bytes.count where length == 0 || (length - 1) % 9 != 0 {
            #expect(CalibrationEvidence(encoded: Array(bytes.prefix(length))) == nil)
        }
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            var damaged = bytes
            for _ in 0..<4 {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let read = CalibrationEvidence(encoded: damaged) else { continue }
            #expect(read.weight.isFinite && read.right.allSatisfy { $0 >= 0 } && read.wrong.allSatisfy { $0 >= 0 })
        }
    }
}
