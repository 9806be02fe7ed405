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

    @Test("A hit that is called wrong is not served to its question again; when two say so it goes")
    func wrongHits() async throws {
        try await PipelineFixture.run(judgesHits: true) { fixture in
            func ask(_ question: String, _ user: String) async -> ExchangeRecord {
                await fixture.ask(PipelineFixture.body(question)) { headers in
                    headers.user = user
                    headers.cacheControl = ["no-store"]
                }.record
            }
            let wrong = #""verdict":"wrong""#
            let (stored, _) = await fixture.ask(PipelineFixture.body("0 how do I begin"))
            #expect(stored.write == .stored)
            let first = await ask("0 how can I begin", "ann")
            #expect(first.outcome == .hitSemantic)
            await #expect { try await judge(fixture, first.requestID, tenant: "other", wrong) } throws: {
                ($0 as? GatewayError)?.code == .notFound
            }
            let judged = try await judge(fixture, first.requestID, wrong)
            #expect(judged.contains(#""result":"vetoed""#))
            #expect(try await judge(fixture, first.requestID, wrong).contains(#""result":"repeated""#))
            let again = await ask("0 how can I begin", "bob")
            #expect(again.outcome == .miss && again.missReason == .vetoed)

            // Alone one takes nothing away, in however many words it asks.
            for question in ["0 how can I begin please", "0 please how can I begin"] {
                let other = await ask(question, "ann")
                #expect(other.outcome == .hitSemantic)
                #expect(try await judge(fixture, other.requestID, wrong).contains(#""result":"vetoed""#))
            }
            // An equal question's complaint counts as well.
            let exact = await ask("0 how do I begin", "bob")
            #expect(exact.outcome == .hitExact)
            #expect(try await judge(fixture, exact.requestID, wrong).contains(#""result":"quarantined""#))
            #expect(await ask("0 how do I begin", "eve").outcome == .miss)
            #expect(fixture.lines.count(of: "an answer was deleted: two have called it wrong") == 1)
            let exposition = fixture.exposition
            for line in [
                #"refrain_feedback_total{result="vetoed",route="m"} 3"#,
                #"refrain_feedback_total{result="quarantined",route="m"} 1"#,
                #"refrain_cache_miss_total{reason="vetoed"} 1"#,
            ] { #expect(exposition.contains(line), "\(line)") }
        }
    }

    @Test("A stale answer goes and is made anew; one that was made since stays. A score takes nothing away")
    func staleHits() async throws {
        try await PipelineFixture.run(judgesHits: true) { fixture in
            let body = PipelineFixture.body("0 how do I begin")
            _ = await fixture.ask(body)
            let (first, _) = await fixture.ask(body)
            let (second, _) = await fixture.ask(body)
            let (third, _) = await fixture.ask(body)
            #expect(first.outcome == .hitExact && third.outcome == .hitExact)
            #expect(try await judge(fixture, first.requestID, #""score":0"#).contains(#""result":"no_lesson""#))
            #expect(try await judge(fixture, second.requestID, #""verdict":"stale""#).contains(#""result":"removed""#))
            #expect(await fixture.ask(body).record.outcome == .miss)
            let late = try await judge(fixture, third.requestID, #""verdict":"wrong""#)
            #expect(late.contains(#""result":"no_lesson""#) || late.contains(#""result":"noted""#))
            #expect(await fixture.ask(body).record.outcome == .hitExact)
        }
    }

    @Test("An answer of the cache where hits are not judged, and one of a route that does not learn, cannot be judged")
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
