"""Words of signing in, one's own account and the first start."""

ACCOUNTS: dict[str, tuple[str, str]] = {
    # what many forms say
    "cancel": ("Annuleren", "Cancel"),
    "go_on": ("Verder", "Continue"),
    "turn_on": ("Aanzetten", "Turn on"),
    "turn_off": ("Uitzetten", "Turn off"),
    "is_on": ("Staat aan.", "On."),
    "is_off": ("Staat uit.", "Off."),
    "never": ("nooit", "never"),
    "fill_in": ("Vul dit in.", "Fill this in."),
    "email_invalid": (
        "Dit is geen e-mailadres. Schrijf het als naam@voorbeeld.nl.",
        "This is no e-mail address. Write it as name@example.com.",
    ),
    "language": ("Taal", "Language"),
    "your_name": ("Je naam", "Your name"),
    "code": ("Code", "Code"),
    "to_sign_in": ("Naar inloggen", "To signing in"),
    "too_many_tries": (
        "Je hebt het te vaak geprobeerd. Wacht tien minuten en probeer het opnieuw.",
        "You tried too often. Wait ten minutes and try again.",
    ),
    "error_429": ("Even wachten", "Wait a moment"),
    "error_429_text": (
        "Dit is te vaak achter elkaar geprobeerd. Wacht een paar minuten en probeer het opnieuw.",
        "This was tried too often in a row. Wait a few minutes and try again.",
    ),
    # first start
    "start_title": ("Welkom bij Peil", "Welcome to Peil"),
    "start_text": (
        "Er werkt hier nog niemand. Maak jezelf beheerder; daarna nodig je anderen uit.",
        "Nobody works here yet. Make yourself administrator; then you invite others.",
    ),
    "start_code": ("Startcode", "Start code"),
    "start_code_hint": (
        "Staat in het venster waarin je peil serve hebt gestart.",
        "Stands in the window in which you started peil serve.",
    ),
    "start_code_wrong": (
        "Deze code klopt niet. Neem de code over die peil serve het laatst heeft getoond.",
        "This code is not right. Copy the one that peil serve showed last.",
    ),
    "start_button": ("Beginnen", "Start"),
    # signing in
    "passkey_sign_in": ("Inloggen met een toegangssleutel", "Sign in with a passkey"),
    "sso_sign_in": ("Inloggen met {0}", "Sign in with {0}"),
    "inactive_title": ("Dit account is gesloten", "This account is closed"),
    "inactive_text": (
        "Vraag een beheerder om het weer te openen.",
        "Ask an administrator to open it again.",
    ),
    "sso_error_title": ("Inloggen is niet gelukt", "Signing in did not work"),
    "sso_error_text": (
        "De andere kant gaf een fout. Probeer het opnieuw; blijft het misgaan, meld het dan bij een beheerder.",
        "The other side gave an error. Try again; if it keeps happening, tell an administrator.",
    ),
    "sso_cancelled_title": ("Je bent niet ingelogd", "You are not signed in"),
    "sso_cancelled_text": ("Het inloggen is afgebroken.", "Signing in was broken off."),
    "sso_refused_title": ("Je hebt hier nog geen account", "You have no account here yet"),
    "sso_refused_text": (
        "Vraag een beheerder om je uit te nodigen op het e-mailadres van je werk.",
        "Ask an administrator to invite you at your work e-mail address.",
    ),
    # password
    "reset_title": ("Wachtwoord vergeten", "Forgotten password"),
    "reset_text": (
        "Je krijgt een mail met een link waarmee je een nieuw wachtwoord kiest.",
        "You get a mail with a link with which you choose a new password.",
    ),
    "reset_send": ("Mail versturen", "Send the mail"),
    "reset_sent_title": ("Kijk in je mail", "Look in your mail"),
    "reset_sent_text": (
        "Is er een account met dit adres, dan is de mail onderweg. Komt er niets? Kijk bij de ongewenste mail, "
        "of vraag een beheerder of je met een ander adres bent uitgenodigd.",
        "If there is an account with this address, the mail is on its way. Nothing there? Look in your spam folder, "
        "or ask an administrator whether you were invited at another address.",
    ),
    "reset_over_title": ("Deze link werkt niet meer", "This link no longer works"),
    "reset_over_text": (
        "Hij is al gebruikt, of te oud. Vraag een nieuwe aan.",
        "It was used already, or it is too old. Ask for a new one.",
    ),
    "reset_again": ("Nieuwe link aanvragen", "Ask for a new link"),
    "password_new_title": ("Kies een nieuw wachtwoord", "Choose a new password"),
    "password_new": ("Nieuw wachtwoord", "New password"),
    "password_repeat": ("Nog een keer", "Once more"),
    "password_now": ("Wachtwoord van nu", "Current password"),
    "password_hint": (
        "Minstens 12 tekens. Een korte zin is makkelijk te onthouden.",
        "At least 12 characters. A short sentence is easy to remember.",
    ),
    "password_too_short": (
        "Kies een langer wachtwoord: minstens 12 tekens.",
        "Choose a longer password: at least 12 characters.",
    ),
    "password_too_similar": (
        "Kies een wachtwoord dat minder op je naam of e-mailadres lijkt.",
        "Choose a password that is less like your name or e-mail address.",
    ),
    "password_too_common": (
        "Kies een ander wachtwoord: dit wordt veel gebruikt en is snel geraden.",
        "Choose another password: this one is used a lot and soon guessed.",
    ),
    "sign_in_wrong": (
        "Dit adres en wachtwoord horen niet bij elkaar. Controleer ze, of vraag een nieuw wachtwoord aan.",
        "This address and password don't go together. Check them, or ask for a new password.",
    ),
    "sign_in_too_often": (
        "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht vijf minuten en probeer het opnieuw.",
        "A wrong password was filled in too often. Wait five minutes and try again.",
    ),
    "code_wrong": (
        "Deze code klopt niet. Kijk of de klok van je telefoon goed staat, en neem de code van nu over.",
        "This code is not right. See that your phone's clock is right, and copy the code of this moment.",
    ),
    "password_wrong": (
        "Dit wachtwoord klopt niet. Probeer het opnieuw.",
        "This password is not right. Try again.",
    ),
    "password_changed_title": ("Je wachtwoord is veranderd", "Your password was changed"),
    "password_changed_text": (
        "Op andere apparaten ben je uitgelogd. Log in met het nieuwe wachtwoord.",
        "You were signed out on other devices. Sign in with the new password.",
    ),
    "password_change_title": ("Wachtwoord wijzigen", "Change password"),
    "password_change_text": (
        "Op andere apparaten word je uitgelogd.",
        "You will be signed out on other devices.",
    ),
    "password_set_title": ("Wachtwoord kiezen", "Choose a password"),
    # confirming who one is
    "confirm_title": ("Bevestig dat jij het bent", "Confirm that it is you"),
    "confirm_text": (
        "Je gaat iets wijzigen aan hoe je inlogt. Vul daarom eerst je wachtwoord in.",
        "You are about to change how you sign in. Fill in your password first.",
    ),
    "confirm_passkey_text": ("Gebruik je toegangssleutel om verder te gaan.", "Use your passkey to go on."),
    "confirm_by_password": ("Liever met je wachtwoord", "Use your password instead"),
    "confirm_by_code": ("Liever met een code", "Use a code instead"),
    "confirm_by_passkey": ("Liever met een toegangssleutel", "Use a passkey instead"),
    # second factor
    "second_title": ("Nog één stap", "One more step"),
    "second_text": (
        "Vul de code uit je authenticator-app in, of een van je herstelcodes.",
        "Fill in the code of your authenticator app, or one of your recovery codes.",
    ),
    "second_factor": ("Inloggen in twee stappen", "Signing in in two steps"),
    "second_factor_text": (
        "Met een tweede stap heeft een ander niets aan alleen je wachtwoord.",
        "With a second step your password alone is of no use to someone else.",
    ),
    "to_second_factor": ("Naar inloggen in twee stappen", "To signing in in two steps"),
    "totp_name": ("Authenticator-app", "Authenticator app"),
    "totp_title": ("Authenticator-app aanzetten", "Turn on the authenticator app"),
    "totp_step_1": (
        "Open een authenticator-app op je telefoon, of zet er een op.",
        "Open an authenticator app on your phone, or install one.",
    ),
    "totp_step_2": ("Scan de code hieronder.", "Scan the code below."),
    "totp_step_3": ("Vul de zes cijfers in die de app toont.", "Fill in the six digits that the app shows."),
    "totp_qr": ("QR-code voor de authenticator-app", "QR code for the authenticator app"),
    "totp_secret": ("Scannen lukt niet? Typ deze sleutel over:", "Can't scan it? Type in this key:"),
    "totp_code_hint": ("Zes cijfers, elke halve minuut nieuwe.", "Six digits, new ones every half minute."),
    "totp_off_title": ("Authenticator-app uitzetten", "Turn off the authenticator app"),
    "totp_off_text": (
        "Daarna log je zonder code in. Je kunt de app later weer aanzetten.",
        "After that you sign in without a code. You can turn the app on again later.",
    ),
    "passkeys": ("Toegangssleutels", "Passkeys"),
    "passkeys_show": ("Toegangssleutels tonen", "Show passkeys"),
    "passkeys_none": ("Nog geen.", "None yet."),
    "passkeys_none_text": ("Je hebt nog geen toegangssleutels.", "You have no passkeys yet."),
    "passkey_add": ("Toegangssleutel toevoegen", "Add a passkey"),
    "passkey_use": ("Toegangssleutel gebruiken", "Use a passkey"),
    "passkey_text": (
        "Een toegangssleutel zit in je telefoon, je laptop of een USB-sleutel. Je bevestigt met je vinger, je gezicht "
        "of een pincode, en je kunt hem niet aan een nagemaakte pagina afgeven.",
        "A passkey lives in your phone, your laptop or a USB key. You confirm with your finger, your face or a PIN, "
        "and you can't give it away to a fake page.",
    ),
    "passkey_name": ("Naam", "Name"),
    "passkey_name_hint": (
        "Waaraan je hem herkent, bijvoorbeeld: laptop van het werk.",
        "By which you know it, for instance: work laptop.",
    ),
    "passkey_plain": ("Toegangssleutel", "Passkey"),
    "passkey_alone": ("Ook zonder wachtwoord inloggen", "Sign in without a password too"),
    "passkey_rename": ("Toegangssleutel hernoemen", "Rename the passkey"),
    "passkey_remove": ("Toegangssleutel verwijderen", "Remove the passkey"),
    "passkey_remove_text": ("Hiermee log je daarna niet meer in:", "You will no longer sign in with:"),
    "passkey_failed": (
        "Er is geen toegangssleutel gebruikt. Probeer het opnieuw, of log anders in.",
        "No passkey was used. Try again, or sign in another way.",
    ),
    "passkey_needs_script": (
        "Een toegangssleutel toevoegen werkt alleen met JavaScript. Zet het aan, of gebruik de authenticator-app.",
        "Adding a passkey works with JavaScript only. Turn it on, or use the authenticator app.",
    ),
    "recovery_codes": ("Herstelcodes", "Recovery codes"),
    "codes_none": ("Die krijg je bij je eerste tweede stap.", "You get them with your first second step."),
    "codes_show": ("Herstelcodes tonen", "Show recovery codes"),
    "codes_text": (
        "Hiermee kom je binnen als je telefoon of sleutel weg is. Elke code werkt één keer. Bewaar ze ergens anders "
        "dan op dit apparaat.",
        "With these you get in when your phone or key is gone. Each code works once. Keep them elsewhere than on "
        "this device.",
    ),
    "codes_download": ("Herstelcodes downloaden", "Download recovery codes"),
    "codes_make": ("Nieuwe herstelcodes maken", "Make new recovery codes"),
    "codes_make_text": ("De codes die je nu hebt, werken dan niet meer.", "The codes that you have now will end."),
    "codes_used_up": (
        "Je herstelcodes zijn op. Maak nieuwe.",
        "Your recovery codes are used up. Make new ones.",
    ),
    # own account
    "own_account": ("Je account", "Your account"),
    "to_own_account": ("Naar je account", "To your account"),
    "own_title": ("Naam en taal", "Name and language"),
    "own_sub": (
        "Je rol, teams en e-mailadres verandert een beheerder.",
        "Your role, teams and e-mail address are changed by an administrator.",
    ),
    "own_saved": ("Bewaard.", "Saved."),
    "own_sign_in": ("Inloggen", "Signing in"),
    "own_second_on": ("Inloggen in twee stappen staat aan.", "Signing in in two steps is on."),
    "own_second_off": ("Inloggen in twee stappen staat uit.", "Signing in in two steps is off."),
    "sessions_text": (
        "Ben je ergens ingelogd waar je dat niet wilt? Log overal uit, behalve hier.",
        "Signed in somewhere where you don't want to be? Sign out everywhere but here.",
    ),
    "sessions_end": ("Elders uitloggen", "Sign out elsewhere"),
    "sessions_ended": ("Je bent overal uitgelogd, behalve hier.", "You are signed out everywhere but here."),
    # keys
    "keys_title": ("Sleutels voor de API", "Keys for the API"),
    "keys_sub": (
        "Een programma vraagt met een sleutel wat jij mag zien, en niets meer.",
        "With a key a program asks what you may see, and nothing more.",
    ),
    "key_name": ("Naam van de sleutel", "Name of the key"),
    "key_name_hint": (
        "Het programma dat hem gebruikt, bijvoorbeeld: Power BI.",
        "The program that uses it, for instance: Power BI.",
    ),
    "key_may": ("Mag", "May"),
    "key_used": ("Laatst gebruikt", "Last used"),
    "key_until": ("Geldig tot", "Valid until"),
    "key_lasts": ("Geldig", "Valid for"),
    "key_make": ("Sleutel maken", "Make a key"),
    "key_end": ("Intrekken", "Revoke"),
    "key_ended": ("ingetrokken", "revoked"),
    "key_over": ("verlopen", "expired"),
    "key_ended_said": ("De sleutel is ingetrokken en werkt niet meer.", "The key was revoked and no longer works."),
    "key_new_title": ("Je nieuwe sleutel", "Your new key"),
    "key_new_text": (
        "Neem hem nu over: hij wordt maar één keer getoond.",
        "Copy it now: it is shown only once.",
    ),
    "key_needs_scope": ("Kies minstens één ding dat de sleutel mag.", "Choose at least one thing that the key may do."),
    "key_too_many": (
        "Je hebt te veel sleutels. Trek er een in die niet meer nodig is.",
        "You have too many keys. Revoke one that is no longer needed.",
    ),
    "scope_read_figures": ("cijfers lezen", "read figures"),
    "scope_read_rows": ("rijen en toelichtingen lezen", "read rows and comments"),
    "scope_import": ("importeren", "import"),
    "scope_ask": ("enquêtes laten versturen", "have surveys sent"),
    "days_n": ("{0} dagen", "{0} days"),
    "one_year": ("een jaar", "one year"),
}
