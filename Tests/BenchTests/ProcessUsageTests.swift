import Foundation
import Testing

@testable import refrain

@Suite struct ProcessUsageTests {
    @Test("A process' time grows by what its threads compute, and its memory is there")
    func ownProcess() throws {
        let own = getpid()
        let before = ProcessUsage.ofTree(own)
        var sum: UInt64 = 0
        for number in 0..<3_000_000 as Range<UInt64> { sum = sum &* 31 &+ number }
        let after = ProcessUsage.ofTree(own)
        #expect(sum != 0)
        #expect(after.processorTime > before.processorTime)
        #expect(after.residentMiB > 1)
        #expect(ProcessUsage.peakBytes(of: own) >= 1 << 20)
    }

    @Test("A process that is not there used nothing")
    func nobodyThere() {
        // Above the largest identifier Linux gives out.
        let nobody: pid_t = 4_194_305
        #expect(ProcessUsage.ofTree(nobody).processorTime == .zero)
        #expect(ProcessUsage.ofTree(nobody).residentBytes == 0)
        #expect(ProcessUsage.peakBytes(of: nobody) == 0)
    }
}
