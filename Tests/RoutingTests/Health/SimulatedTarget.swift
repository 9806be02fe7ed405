/// A target of a simulation: how it behaves at each second of simulated time.
struct SimulatedTarget {
    let name: String
    var firstToken: (Double) -> Double = { _ in 0.5 }
    var perToken: (Double) -> Double = { _ in 0.02 }
    /// The chance of a hard failure, and how long it takes to show.
    var failureChance: (Double) -> Double = { _ in 0 }
    var failureTime = 0.05
    var weight = 1.0
    var tier = 0
}
