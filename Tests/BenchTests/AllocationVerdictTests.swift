import Foundation
import Testing

@testable import refrain

@Suite struct AllocationVerdictTests {
    private func verdict(_ found: Double, _ allowed: Double?) -> AllocationVerdict {
        AllocationVerdict(kind: .exactHit, found: found, allowed: allowed)
    }

    @Test("A count up to its threshold is kept, above it or without one it is not")
    func limits() {
        #expect(verdict(130, 130).isKept)
        #expect(!verdict(130.2, 130).isKept)
        #expect(!verdict(1, nil).isKept)
    }

    @Test("An excess says what was expected, what was found and how to allow it")
    func excess() {
        let text = verdict(140, 130).description
        #expect(text.hasPrefix("exact hit: 140 allocations, expected at most 130."))
        #expect(text.contains("config/scripts/allocations.sh --update"))
        #expect(verdict(1, nil).description.contains("no threshold"))
    }

    @Test("A threshold that no longer guards anything is named")
    func loose() {
        #expect(verdict(100, 130).description.contains("lower the threshold"))
        #expect(!verdict(125, 130).description.contains("lower the threshold"))
    }

    @Test("An update allows what was found and little more", arguments: [0.4, 9.2, 27, 131, 2_000])
    func updates(found: Double) {
        let threshold = AllocationVerdict.threshold(for: found)
        #expect(threshold > found)
        #expect(threshold <= found * 1.03 + 1)
        #expect(verdict(found, threshold).isKept)
        #expect(!verdict(threshold * 1.01, threshold).isKept)
    }

    @Test("Kinds are judged in their order, those that were not counted left out")
    func order() {
        let verdicts = AllocationVerdict.judge([.frame: 5, .exactHit: 3], by: ["exact hit": 4])
        #expect(verdicts.map(\.kind) == [.exactHit, .frame])
        #expect(verdicts.map(\.isKept) == [true, false])
    }

    @Test("The repository has a threshold for every kind and for nothing else")
    func repository() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../AllocationTests/thresholds.json").standardizedFileURL
        let thresholds = try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: file))
        #expect(Set(thresholds.keys) == Set(AllocationKind.allCases.map(\.rawValue)))
        #expect(thresholds.values.allSatisfy { $0 > 0 })
    }
}
