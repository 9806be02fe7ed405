import Synchronization

extension Atomic where Value == UInt64 {
    /// Adds to the double whose bit pattern this is. There is no atomic addition of doubles, so it tries until
    /// nobody came between.
    func addDouble(_ amount: Double) {
        var current = load(ordering: .relaxed)
        while true {
            let sum = (Double(bitPattern: current) + amount).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: current, desired: sum, ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }
}
