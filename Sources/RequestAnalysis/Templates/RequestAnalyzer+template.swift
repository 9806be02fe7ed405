package import GatewayCore
import NIOCore

extension RequestAnalyzer {
    /// The name of the header by which a caller chooses among a route's templates.
    static let templateHeader = "x-refrain-template"

    /// The request with the messages of its template in front of its own. Pure.
    ///
    /// The caller's body passes through as it was written, and values become part of JSON strings: they can end
    /// neither a string nor a message.
    /// - Parameter plan: says which templates the route has.
    /// - Throws: `invalidRequest` for a template the route does not allow and for variables that do not fit it.
    package func applyTemplate(
        to request: ChatRequest, plan: RoutePlan, headers: CallerHeaders
    ) throws(GatewayError) -> ChatRequest {
        let asked = headers.template ?? plan.templates.usual
        guard let asked else {
            guard headers.variables == nil else {
                throw GatewayError(
                    .invalidRequest, "\(TemplateValues.header) has no meaning here: the model '\(request.model)' has "
                        + "no template", parameter: TemplateValues.header)
            }
            return request
        }
        guard plan.templates.allows(asked), let template = template(asked) else {
            let names = plan.templates.all
            let known = names.isEmpty ? "there is none" : "there is \(names.joined(separator: ", "))"
            throw GatewayError(
                .invalidRequest, "\(Self.templateHeader) must be a template of the model '\(request.model)'; \(known)",
                parameter: Self.templateHeader)
        }
        let values = try TemplateValues(header: headers.variables).filling(template)
        guard let messages = request.document.root["messages"] else { return request }
        var front = ByteBuffer()
        for message in template.messages(for: request.model) {
            front.writeImmutableBuffer(
                JSONWriter.object {
                    $0.member("role", message.role.rawValue)
                    $0.member("content", message.text.rendered(values))
                })
            front.writeStaticString(",")
        }
        var splice = JSONSplice(request.document)
        splice.insert(front, atFrontOf: messages)
        var rendered = try parse(splice.apply())
        rendered.template = template.id
        return rendered
    }
}
