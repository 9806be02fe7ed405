import GatewayCore
import Testing

@Suite("Where an agent's loop stands")
struct StageTests {
    private func call(_ name: String, _ arguments: String = "{}") -> String {
        #"{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"\#(name)","#
            + #""arguments":"\#(arguments)"}}]}"#
    }

    private func result(_ text: String) -> String { #"{"role":"tool","tool_call_id":"c","content":"\#(text)"}"# }

    private func stage(_ messages: String...) throws -> StageSignals {
        try Traits.ofMessages(([#"{"role":"user","content":"go"}"#] + messages).joined(separator: ",")).stage
    }

    @Test("Steps are counted since the user last spoke")
    func steps() throws {
        #expect(try stage() == StageSignals())
        let two = try stage(call("a"), result("1"), call("b"), result("2"))
        #expect(two.toolSteps == 2)
        #expect(two.endsWithToolResult)
        let answered = try stage(call("a"), result("1"), #"{"role":"assistant","content":"done"}"#)
        #expect(!answered.endsWithToolResult)
        let again = try stage(call("a"), result("1"), #"{"role":"user","content":"and now?"}"#)
        #expect(again == StageSignals())
    }

    @Test("Calls are told apart by what their names say", arguments: [
        ("write_file", 1, 0), ("editFile", 1, 0), ("apply_patch", 1, 0), ("read_file", 0, 1), ("searchDocs", 0, 1),
        ("list", 0, 1), ("think", 0, 0), ("overwritten", 0, 0),
    ])
    func kinds(name: String, writes: Int, reads: Int) throws {
        let signals = try stage(call(name), result("ok"))
        #expect(signals.recentWrites == writes)
        #expect(signals.recentReads == reads)
    }

    @Test("A result that begins like a failure counts as one", arguments: [
        ("Error: no such file", true), ("Traceback (most recent call last)", true), ("exit code 1", true), ("42 rows", false),
        ("ok", false), ("", false),
    ])
    func failures(text: String, isFailure: Bool) throws {
        #expect(try stage(call("a"), result(text)).recentErrors == (isFailure ? 1 : 0))
    }

    @Test("The same call with the same arguments is a repeat, another argument is not")
    func repeats() throws {
        let one = try stage(
            call("read", "a"), result("1"), call("read", "a"), result("1"), call("read", "b"), result("1"))
        #expect(one.recentRepeats == 1)
    }

    @Test("Only the last three steps are recent")
    func window() throws {
        let old = [call("write"), result("Error")]
        let new = (0..<3).flatMap { [call("read", "\($0)"), result("ok")] }
        let signals = try Traits.ofMessages(
            ([#"{"role":"user","content":"go"}"#] + old + new).joined(separator: ",")).stage
        #expect(signals.toolSteps == 4)
        #expect(signals.recentErrors == 0)
        #expect(signals.recentWrites == 0)
        #expect(signals.recentReads == 3)
    }

    @Test("Calls and results of a strange form are no steps, and nothing traps", arguments: [
        #"{"role":"assistant","tool_calls":"x"}"#, #"{"role":"assistant","tool_calls":[]}"#,
        #"{"role":"tool","content":"Error"}"#, #"{"role":"assistant","content":"a","tool_calls":null}"#,
    ])
    func strange(message: String) throws {
        #expect(try stage(message).toolSteps == 0)
        #expect(try stage(#"{"role":"assistant","tool_calls":[1,{"function":2},{}]}"#).toolSteps == 1)
    }
}
