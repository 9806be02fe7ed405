import GatewayCore
import GatewayTesting
import NIOCore
import Routing
import Testing

@testable import Pipeline

@Suite("Judgments of answers", .timeLimit(.minutes(1)))
struct FeedbackPipelineTests {
    private func judge(
        _ fixture: PipelineFixture, _ request: RequestID, tenant: String = "acme", _ rest: String
    ) async throws(GatewayError) -> String {
        let body = ByteBuffer(string: #"{"request_id":"\#(request)",\#(rest)}"#)
        return String(buffer: try await fixture.pipeline.judge(body, scope: CacheScope(tenant: TenantID(tenant))))
    }

    @Test("An answer of a route that learns can be judged by its id, once, and by its tenant alone")
    func judged() async throws {
        try await PipelineFixture.run(learning: LearningRule()) { fixture in
            let (record, _) = await fixture.ask(PipelineFixture.body("a question"))
            #expect(record.isTrial != nil)
            await #expect {
                try await judge(fixture, record.requestID, tenant: "other", #""verdict":"good""#)
            } throws: { ($0 as? GatewayError)?.code == .notFound }
            let first = try await judge(fixture, record.requestID, #""verdict":"good""#)
            #expect(
                first == #"{"object":"feedback","request_id":"\#(record.requestID)","result":"learned"}"#)
            #expect(try await judge(fixture, record.requestID, #""score":0"#).contains(#""result":"repeated""#))
            let exposition = fixture.exposition
            for line in [
                #"refrain_feedback_total{result="learned",route="m"} 1"#,
                #"refrain_feedback_total{result="repeated",route="m"} 1"#,
                #"refrain_feedback_total{result="unknown",route="none"} 1"#,
            ] { #expect(exposition.contains(line), "\(line)") }
            #expect(exposition.contains(#"refrain_learned_choices_total{deployment="p/p-m",kind="best",route="m"} 1"#))
        }
    }

    @Test("An answer of the cache, and one of a route that does not learn, cannot be judged")
    func unknown() async throws {
        try await PipelineFixture.run(learning: LearningRule()) { fixture in
            _ = await fixture.ask(PipelineFixture.body("a question"))
            let (hit, _) = await fixture.ask(PipelineFixture.body("a question"))
            #expect(hit.outcome == .hitExact)
            await #expect { try await judge(fixture, hit.requestID, #""verdict":"good""#) } throws: {
                ($0 as? GatewayError)?.code == .notFound
            }
        }
        try await PipelineFixture.run { fixture in
            let (record, _) = await fixture.ask(PipelineFixture.body("a question"))
            #expect(record.isTrial == nil)
            await #expect { try await judge(fixture, record.requestID, #""verdict":"good""#) } throws: {
                ($0 as? GatewayError)?.code == .notFound
            }
        }
    }
}
