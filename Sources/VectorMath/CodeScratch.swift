/// Memory that one thread keeps from scan to scan.
package final class CodeScratch {
    /// The rows that a sketch could not rule out.
    private(set) var rows: UnsafeMutablePointer<UInt32>
    private(set) var scores: UnsafeMutablePointer<Int64>
    private var room = 4096

    package init() {
        rows = .allocate(capacity: room)
        scores = .allocate(capacity: room)
    }

    deinit {
        rows.deallocate()
        scores.deallocate()
    }

    /// Makes room for `count` rows; what stood there is lost.
    func reserve(_ count: Int) {
        guard count > room else { return }
        rows.deallocate()
        scores.deallocate()
        room = count
        rows = .allocate(capacity: room)
        scores = .allocate(capacity: room)
    }

    /// For tests and figures: the first rows that were found.
    package func rows(_ count: Int) -> [Int] { (0..<min(count, room)).map { Int(rows[$0]) } }
}
