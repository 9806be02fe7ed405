import GatewayCore
import Testing

@Suite("Thoughts of calls")
struct CallThoughtTests {
    private func thought(_ text: String) -> ContentPart { ContentPart(.thinking(text, signature: "s-\(text)")) }

    private func call(_ id: String, _ signature: String? = nil) -> ContentPart {
        ContentPart(.toolCall(ToolCall(id: id, name: "f", arguments: "{}", signature: signature)))
    }

    private func conversation(_ parts: [ContentPart]) -> Conversation {
        var conversation = Conversation(model: "m")
        conversation.messages = [
            Message(.user, [.text("q")]), Message(.assistant, parts),
            Message(.tool, [ContentPart(.toolResult(ToolResult(callID: "a", parts: [.text("r")])))]),
        ]
        return conversation
    }

    private func answer(_ parts: [ContentPart]) -> Answer {
        var answer = Answer()
        var choice = AnswerChoice()
        choice.parts = parts
        answer.choices = [choice]
        return answer
    }

    @Test("What a client drops from a turn with calls stands there again as the provider sent it")
    func thereAndBack() {
        let turns: [[ContentPart]] = [
            [thought("1"), .text("let me see"), call("a"), call("b")],
            [thought("1"), call("a"), thought("2"), call("b")],
            [ContentPart(.redactedThinking("x")), thought("1"), call("a")],
            [call("a", "gemini:1"), call("b")], [.text("t"), call("a", "gemini:1"), call("b", "gemini:2")],
        ]
        for turn in turns {
            let dropped = turn.compactMap { part -> ContentPart? in
                switch part.content {
                case .thinking, .redactedThinking: nil
                case .toolCall(let call): self.call(call.id)
                default: part
                }
            }
            let bare = conversation(dropped)
            #expect(bare.unexplainedCalls == Message(.assistant, turn).toolCalls.map(\.id))
            #expect(bare.restoring(answer(turn).callThoughts) == conversation(turn))
        }
    }

    @Test("A turn whose client kept anything signed stays as it is, and so does one of which nothing is known")
    func untouched() {
        let kept = ["a": CallThought(thoughts: [thought("1")], signature: "g")]
        for parts in [[thought("9"), call("a")], [call("a", "own")]] {
            #expect(conversation(parts).unexplainedCalls.isEmpty)
            #expect(conversation(parts).restoring(kept) == conversation(parts))
        }
        #expect(conversation([call("z")]).restoring(kept) == conversation([call("z")]))
        #expect(conversation([.text("t")]).restoring(kept) == conversation([.text("t")]))
    }

    @Test("Nothing is kept of thoughts without a signature, of answers without calls, and of calls without an id")
    func nothing() {
        let unsigned = ContentPart(.thinking("x", signature: nil))
        for parts in [[unsigned, call("a")], [thought("1"), .text("t")], [thought("1"), call("")]] {
            #expect(answer(parts).callThoughts.isEmpty)
        }
    }
}
