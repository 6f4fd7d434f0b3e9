"""What customers write in English: by the same subjects, displeased, so-so and pleased."""

from __future__ import annotations

DETAILS = {
    "month": ("January", "March", "May", "August", "September", "November"),
    "amount": ("45", "80", "112", "160", "230", "345"),
    "minutes": ("10", "15", "20", "25", "40", "50"),
    "days": ("three", "four", "five", "six", "eight", "ten"),
}

SENTENCES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "bedrijf": (
        ("I feel like a number here.", "A lot of promises, not much follow-up."),
        ("Fine, nothing special.", "No complaints, no fireworks either."),
        ("Everything just works, thank you.", "Clear information and fair treatment."),
    ),
    "prijs": (
        ("I pay {amount} euros more than my neighbour.", "The price went up again in {month} without an explanation."),
        ("A bit more expensive than others, but no hassle.",),
        ("Good price and no surprises.",),
    ),
    "jaarnota": (
        ("I have to pay {amount} euros extra and nobody can tell me why.", "The yearly bill is impossible to read."),
        ("The bill is correct now, but it took {days} days.",),
        ("The yearly bill was explained very well.",),
    ),
    "termijnbedrag": (
        ("My monthly amount was raised by {amount} euros without asking me.",),
        ("The monthly amount has been changed, I would rather have done it online.",),
        ("Changed my monthly amount in two minutes.",),
    ),
    "betalen": (
        ("I had already paid and still got a reminder with costs.",),
        ("The payment is sorted out, after {days} days.",),
        ("I could pay in instalments, no awkward questions.",),
    ),
    "verhuizen": (
        ("My move was processed wrongly and now I pay for two addresses.",),
        ("Moving went all right, too many forms though.",),
        ("Arranged my move in five minutes, great.",),
    ),
    "nieuwbouw": (
        (
            "The website says 'address not recognised', but our new house is really there.",
            "Our newly built address is not recognised and nobody knows what to do.",
        ),
        ("The new address had to be entered by hand, then it worked.",),
        ("Our new-build address was not recognised, but the agent fixed it on the spot.",),
    ),
    "storing": (
        ("Half a day without power and no message at all.", "The engineer never showed up."),
        ("The fault is fixed, but I heard nothing in between.",),
        ("Power back within the hour and kept informed all the time.",),
    ),
    "meterstanden": (
        ("My meter readings are refused every single time.",),
        ("Readings went through on the second try.",),
        ("Take a photo of the meter and done, very handy.",),
    ),
    "contract": (
        ("My contract was renewed without me saying yes.",),
        ("Contract renewed, the choice was still confusing.",),
        ("Honest advice about which contract suits me.",),
    ),
    "aanmelden": (
        ("Signing up only worked after several attempts.",),
        ("Signed up in the end, had to enter my details twice.",),
        ("Switching was really easy.",),
    ),
    "opzeggen": (
        ("Cancelling is made difficult on purpose.",),
        ("Cancelled, the confirmation came late.",),
        ("Even when cancelling I was treated well.",),
    ),
    "zonnepanelen": (
        ("Feed-in costs of {amount} euros came out of nowhere.",),
        ("My solar panels are registered now, the explanation stayed vague.",),
        ("Clear story about feeding back power.",),
    ),
    "wachten": (
        ("{minutes} minutes on hold is not acceptable.", "It took {days} days to get an answer to my e-mail."),
        ("Had to wait a little, good help after that.",),
        ("Answered right away, no queue.",),
    ),
    "doorverbonden": (
        ("Passed on from one department to the next and had to repeat everything.",),
        ("Transferred once, then it was quick.",),
        ("The first person I spoke to could solve it all.",),
    ),
    "medewerker": (
        ("The agent did not listen and just read from a script.",),
        ("Friendly, but not sure about the answer.",),
        ("Very friendly and patient agent.", "She even called back to check that it worked."),
    ),
    "website": (
        ("Logging in has not worked for {days} days.",),
        ("Found it in the end after a lot of clicking.",),
        ("Clear website, could do everything myself.",),
    ),
    "niet opgelost": (
        ("My question is still not solved.", "They promised to call back and did not."),
        ("Partly solved, waiting for the rest.",),
        ("Not quite finished, but they keep me posted.",),
    ),
    "groen": (
        ("Green power, they say, but I see no proof of it.",),
        ("Green is nice, the price matters more.",),
        ("Green power from nearby, that is why I am here.",),
    ),
}
