import NIOConcurrencyHelpers

/// What is true of some groups of questions while they are asked and purged: a provider answers with the group's
/// edition of the moment, and once a purge of a group is acknowledged, no older edition of it may be served.
final class PurgeStory: Sendable {
    private struct State {
        /// What the provider answers, by group.
        var editions: [Int]
        /// The oldest edition that may be served, by group.
        var floors: [Int]
        var answers = 0
        var hits = 0
        var purges = 0
        var failures = 0
        var violations: [String] = []
    }

    let groups: Int
    let wanted: Int
    private let state: NIOLockedValueBox<State>

    /// - Parameter wanted: after how many answers the story ends.
    init(groups: Int, wanted: Int) {
        self.groups = groups
        self.wanted = wanted
        state = NIOLockedValueBox(
            State(editions: Array(repeating: 0, count: groups), floors: Array(repeating: 0, count: groups)))
    }

    func edition(of group: Int) -> Int { state.withLockedValue { $0.editions[group] } }
    func floor(of group: Int) -> Int { state.withLockedValue { $0.floors[group] } }

    /// From now on the provider's answers are newer.
    func publish(_ group: Int) -> Int {
        state.withLockedValue { state in
            state.editions[group] += 1
            return state.editions[group]
        }
    }

    /// A purge that followed the publishing of an edition was acknowledged.
    func acknowledged(_ group: Int, edition: Int) {
        state.withLockedValue { state in
            state.floors[group] = max(state.floors[group], edition)
            state.purges += 1
        }
    }

    /// - Parameter floor: of the group, read before the question was sent.
    func answered(_ group: Int, edition: Int?, floor: Int, isHit: Bool, _ text: @autoclosure () -> String) {
        state.withLockedValue { state in
            state.answers += 1
            if isHit { state.hits += 1 }
            if edition ?? -1 < floor {
                state.violations.append("group \(group): expected \(floor) or newer, found \(text())")
            }
        }
    }

    func failed() { state.withLockedValue { $0.failures += 1 } }

    /// Waits until so many more answers have come, or for a moment when none come.
    func pass(_ more: Int) async {
        let due = answers + more
        _ = try? await eventually("more answers", within: .milliseconds(40)) { answers >= due || isOver }
    }

    var isOver: Bool { answers >= wanted }
    var answers: Int { state.withLockedValue { $0.answers } }
    var hits: Int { state.withLockedValue { $0.hits } }
    var purges: Int { state.withLockedValue { $0.purges } }
    var failures: Int { state.withLockedValue { $0.failures } }
    var violations: [String] { state.withLockedValue { $0.violations } }
}
