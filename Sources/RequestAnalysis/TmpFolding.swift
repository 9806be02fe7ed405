enum QuestionFolding { static func fold(_ s: String) -> String { s } }
