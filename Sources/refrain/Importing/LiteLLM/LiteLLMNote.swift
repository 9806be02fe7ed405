/// What was not taken over, for the one who checks the result. It repeats keys of the file, never values that could be
/// secrets.
struct LiteLLMNote: Equatable {
    let path: String
    let text: String
}
