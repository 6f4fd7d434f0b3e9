"""What a questionnaire is: pure data, checked before it is published, read from a form, and turned into facts.

question     one question, its options, when it is shown, and an answer to it
kinds        what can be asked, as data: what is stored, on which scale, with which words
questionnaire  pages of questions in several languages, with who asks, why, and about what
logic        which questions are shown, given the answers so far
checks       what is wrong, or could be better, before it is published
versions     publishing: what is published never changes
answers      a submitted form -> answers, or what to say at which field
rows         answers -> rows of the facts that the KPIs read
as_json      to and from JSON, strictly
templates    ready ones, for every KPI that is asked
"""
