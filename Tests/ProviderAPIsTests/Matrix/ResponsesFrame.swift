import Foundation

/// An event of Responses.
struct ResponsesFrame: Decodable {
    let type: String
    let sequence_number: Int
    let delta: String?
    let item: ResponsesBody.Item?
    let response: ResponsesBody?

    static func view(_ frames: [String]) throws -> ClientView {
        var view = ClientView()
        let events = try frames.map { try JSONDecoder().decode(ResponsesFrame.self, from: Data($0.utf8)) }
        for event in events {
            switch event.type {
            case "response.output_text.delta": view.text += event.delta ?? ""
            case "response.refusal.delta": view.refusal += event.delta ?? ""
            case "response.reasoning_summary_text.delta": view.thoughts += event.delta ?? ""
            case "response.output_item.done":
                for part in event.item?.summary ?? [] where part.text?.isEmpty != false { view.emptyThoughts += 1 }
                guard let call = event.item, call.type == "function_call" else { continue }
                try view.call(call.name ?? "", call.arguments ?? "", id: call.call_id ?? "")
            case "response.completed", "response.incomplete":
                view.ending = event.response?.ending(hasCalls: !view.calls.isEmpty)
            default: break
            }
        }
        view.usage = events.last?.response?.usage?.view
        view.isClosed = ["response.completed", "response.incomplete"].contains(events.last?.type)
            && events.map(\.sequence_number) == Array(events.indices)
        return view
    }
}
