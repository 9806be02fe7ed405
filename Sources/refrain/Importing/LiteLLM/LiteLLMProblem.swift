/// Why a LiteLLM configuration cannot be taken over. It repeats no value of the file.
struct LiteLLMProblem: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
