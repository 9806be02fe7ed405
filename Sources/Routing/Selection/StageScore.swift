package import GatewayCore

/// What the step of an agent's loop asks for: planning and getting unstuck want the strong model, carrying out what
/// goes well does not.
///
/// The signs and the form of the score are those NVIDIA's Switchyard reports for its stage router: failures, repeats
/// and looking around pull towards the strong model, recent writes towards the efficient one; a tanh makes a confidence
/// of it, with 0.5 as the bar.
package struct StageScore: Sendable, Equatable {
    /// Above 0: the strong model; below: the efficient one.
    package let value: Float

    package var confidence: Float { abs(value) }
    package var wantsStrong: Bool { value > 0 }

    /// The least confidence that decides.
    package static let bar: Float = 0.5

    /// Nil when the request is no step of a loop: then the question itself is judged.
    package init?(_ traits: RequestTraits) {
        let stage = traits.stage
        guard stage.endsWithToolResult, stage.toolSteps > 0 else { return nil }
        var sum: Float = -0.6
        sum += 0.9 * Float(min(stage.recentErrors, 4))
        sum += 1.1 * Float(min(stage.recentRepeats, 4))
        sum += 0.25 * Float(min(stage.recentReads, 4))
        sum -= 0.5 * Float(min(stage.recentWrites, 4))
        // Nothing is known before the second result: looking around is how every loop begins.
        if stage.toolSteps == 1, stage.recentErrors == 0 { sum = -0.4 }
        value = Self.squash(sum)
    }
}
