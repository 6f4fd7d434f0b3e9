"""Where answers come in: doors to a survey, what is kept of a form, and the one writer that loses none.

doors       a code or a token -> what may be answered there
forms       the mark of one form: when it was handed out, of which version, and that it is ours
submitting  a form at a door -> kept, wrong, or already answered
keeping     what is kept of it
writer      many threads hand in, one writes them together; acknowledged after the commit
doubts      what makes an answer doubtful; nothing is thrown away
"""
