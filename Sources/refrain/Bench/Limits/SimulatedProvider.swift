import GatewayCore
import Routing

/// A provider with limits of its own that it counts exactly: the requests and tokens of the last 60 seconds.
struct SimulatedProvider {
    private struct Entry {
        let milliseconds: Int
        let tokens: Int
    }

    let deployment: DeploymentID
    let requestLimit: Int
    let tokenLimit: Int
    private var window: [Entry] = []
    private var first = 0
    private var tokens = 0
    private(set) var answered = 0
    private(set) var answeredTokens = 0
    private(set) var refused = 0
    private(set) var requestPeak = 0
    private(set) var tokenPeak = 0

    init(_ name: String, requests: Int, tokens: Int) {
        deployment = DeploymentID(name)
        requestLimit = requests
        tokenLimit = tokens
    }

    /// What the gateway is told of these limits.
    var limits: Limits {
        var limits = Limits()
        limits.requests = requestLimit
        limits.totalTokens = tokenLimit
        // More than are ever under way: places are counted, and none is refused for them.
        limits.concurrency = requestLimit / 4
        return limits
    }

    /// Requests a minute that fit, with `mean` tokens each.
    func capacity(mean: Double) -> Double { min(Double(requestLimit), Double(tokenLimit) / mean) }

    /// Takes a request, or answers 429.
    mutating func take(tokens asked: Int, at milliseconds: Int) -> Bool {
        while first < window.count, window[first].milliseconds <= milliseconds - 60_000 {
            tokens -= window[first].tokens
            first += 1
        }
        let requests = window.count - first
        guard requests < requestLimit, tokens + asked <= tokenLimit else {
            refused += 1
            return false
        }
        window.append(Entry(milliseconds: milliseconds, tokens: asked))
        tokens += asked
        answered += 1
        answeredTokens += asked
        requestPeak = max(requestPeak, requests + 1)
        tokenPeak = max(tokenPeak, tokens)
        return true
    }
}
