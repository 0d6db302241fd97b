package dev.hyperbrush.generation;

import java.util.List;

/**
 * Why something was refused or changed. The names are stable and the same on every surface; the
 * sentences are the English originals of all translations, with {@code %1$s} places. A new code
 * also needs its line in the {@code texts_*.properties}, and in docs/reason-codes.md, which
 * ReasonCodesDocTest writes.
 */
public enum ReasonCode {
  // What was typed
  BUTTON_UNKNOWN("This button is from another version and does nothing here."),
  FLAG_NOT_YET("%1$s is not available in this version. Leave it out."),
  FLAG_UNKNOWN("/%1$s has no flag %2$s. Use %3$s; /help %1$s explains them."),
  FLAG_VALUE("--%1$s “%2$s” is not possible. Accepted: %3$s"),
  FLAG_VALUE_MISSING("--%1$s needs a value, for example: --%1$s %2$s"),
  INTERNAL_ERROR(
      "Something went wrong that is not your fault. Whoever runs this finds the"
          + " cause in the log under %1$s."),
  HISTORY_PAGE_UNKNOWN(
      "This page of a search is no longer remembered. Search again; /help history says how."),
  EXPORT_PART("There is no part “%1$s”: your pictures come in parts 1 to %2$s."),
  EXPORT_RUNNING(
      "Your pictures are being handed to you already. Wait for the end of that, then ask again."),
  FORGET_CODE_UNKNOWN(
      "This button is too old, or was pressed before. Nothing was erased; say /forget-me again."),
  LANGUAGE_UNKNOWN("“%1$s” is no language that is spoken here. Use one of: %2$s"),
  LINK_CODE_OWN(
      "This code is your own. Say it where you are not known yet: on the other platform."),
  LINK_CODE_UNKNOWN(
      "The code “%1$s” is wrong, was used, or is older than ten minutes. Ask for a new one with"
          + " /link on the other platform."),
  LINK_NOT_HERE(
      "Others could read a code here and become you. Say /link to the bot alone, in a direct"
          + " message."),
  LINK_TOO_MANY_CODES(
      "You were given %1$s codes within an hour, which is as many as there are. Use the last one,"
          + " or wait an hour."),
  LINK_TOO_MANY_GUESSES(
      "That were %1$s wrong codes within an hour. Wait an hour before you try another."),
  NOT_LINKED(
      "Nothing else is linked to you here, so there is nothing to separate. /link links"
          + " something."),
  UNLINK_WHICH(
      "“%1$s” is not one of your linked identities, or there are several such. Say one of: %2$s"),
  JOB_DELETED("Picture %1$s was deleted on %2$s."),
  JOB_ID_NEEDED("“%1$s” is not the number of a picture. Use for example: /%2$s 12"),
  JOB_NOT_YOURS("Picture %1$s belongs to somebody else: only they can do this."),
  JOB_OVER("Picture %1$s is finished, so there is nothing to cancel."),
  JOB_WITHOUT_PICTURE(
      "There is no picture %1$s yet, or it failed: only finished ones can be marked."),
  JOB_UNKNOWN("There is no picture %1$s here. It may have been deleted; /history lists yours."),
  NOT_PERMITTED("/%1$s is only for moderators, or for whoever runs the bot."),
  ORIGINALS_TOO_LARGE(
      "The %2$s pictures of %1$s are too large for one file here. Ask for one at a time: /original"
          + " %1$s.1"),
  PICTURE_NOT_DONE("There is no picture %1$s yet, or it failed. /show %1$s tells."),
  PICTURE_NUMBER("There is no picture %1$s.%2$s: that request has pictures 1 to %3$s."),
  NOTHING_TO_CANCEL("None of your pictures is waiting or being drawn."),
  VERB_UNKNOWN("There is no command /%1$s. Use %2$s; /help lists all."),

  // What was asked for
  PROMPT_EMPTY(
      "The prompt is empty. Say what to draw, for example: /imagine a red circle on a blue"
          + " background"),
  SIZE_OUT_OF_RANGE("%1$s %2$s is not possible: it must be between %3$s and %4$s pixels."),
  SIZE_NOT_MULTIPLE("%1$s %2$s is not a multiple of %3$s."),
  SEED_OUT_OF_RANGE(
      "seed %1$s is not possible: use 0 to 9223372036854775807, or -1 for a random one."),
  STEPS_OUT_OF_RANGE("steps %1$s is not possible: use %2$s to %3$s."),
  GUIDANCE_OUT_OF_RANGE("guidance %1$s is not possible: use %2$s to %3$s; 0 and 1 mean none."),
  ETA_OUT_OF_RANGE("eta %1$s is not possible: use 0 to 1."),
  COUNT_OUT_OF_RANGE("count %1$s is not possible: use %2$s to %3$s."),
  LORA_WEIGHT_OUT_OF_RANGE("LoRA %1$s with weight %2$s is not possible: use %3$s to %4$s."),
  LORA_UNKNOWN("There is no LoRA “%1$s”. Installed: %2$s"),
  LORA_OTHER_BASE(
      "The LoRA “%1$s” is for %2$s, but the model “%3$s” is %4$s. Take a LoRA for %4$s (/loras"
          + " lists them), or a model that it is for."),
  MODEL_UNKNOWN("There is no model “%1$s”. Installed: %2$s"),
  PROMPT_TOO_LONG("The text of %1$s has %2$s characters; at most %3$s are accepted."),
  SCHEDULER_UNKNOWN("There is no scheduler “%1$s”. Known: %2$s"),

  // What is set and allowed where somebody asks
  MODEL_NOT_ALLOWED_HERE("The model “%1$s” is not allowed here. Allowed: %2$s"),
  LORA_NOT_ALLOWED_HERE("The LoRA “%1$s” is not allowed here. Allowed: %2$s"),
  SCHEDULER_NOT_ALLOWED_HERE("The scheduler “%1$s” is not allowed here. Allowed: %2$s"),
  LIMIT_ABOVE_OPERATOR(
      "--%1$s %2$s is beyond what whoever runs the bot allows: %3$s. Set that, or less generous."),
  SETTINGS_NOTHING_NAMED("Name what to change, for example: %1$s. There are: %2$s"),
  SETTING_NAME_UNKNOWN("There is no setting “%1$s” here. There are: %2$s"),
  SETTING_NOT_FOR_SCOPE("--%1$s cannot be set there. Possible there: %2$s"),
  SCOPE_NEEDS_SERVER(
      "This is no server, so there is nothing to set for one. Use /defaults me for yourself, or ask"
          + " on the server."),
  SCOPE_AMBIGUOUS("Name one of %1$s, not several."),
  SERVER_ID_BAD("“%1$s” does not name a server. Write it as platform:number, for example: %2$s"),

  // Presets
  PRESET_EMPTY("A preset needs something to keep, for example: /preset save %1$s --steps 6"),
  PRESET_NAME_BAD(
      "A preset cannot be called “%1$s”: use letters, digits, - _ and . without spaces, a letter or"
          + " digit first, at most %2$s."),
  PRESET_NAME_NEEDED("Say how the preset is called, for example: /%1$s %2$s"),
  PRESET_NAME_TAKEN(
      "There is a preset “%1$s” already. Choose another name, delete it, or overwrite your own with"
          + " --replace."),
  PRESET_OF_CATALOGUE(
      "The preset “%1$s” comes with the bot: everybody has it, and it stays as it is. For another"
          + " one of this name, that wins over it: /preset save %1$s …"),
  PRESET_UNKNOWN("There is no preset “%1$s” here. There are: %2$s"),
  PRESETS_TOO_MANY("%1$s presets are as many as can be kept. Delete one first."),
  PRESETS_TOO_MANY_AT_ONCE("%1$s presets at once are too many: use at most %2$s."),
  PRESET_SHARE_NEEDS_SERVER("This is no server to share a preset with. Say it on the server."),

  // Changes
  CHANGE_ID_NEEDED("“%1$s” is not the number of a change. Use for example: /changes undo 12"),
  CHANGE_NOT_UNDOABLE("Change %1$s cannot be undone in this version."),
  CHANGE_OVERTAKEN(
      "It was changed again since change %1$s and is “%2$s” now. To make it “%3$s” anyway: /changes"
          + " undo %1$s --force"),
  CHANGE_UNDONE("Change %1$s is undone already: it is “%2$s”."),
  CHANGE_UNKNOWN("There is no change %1$s here. /changes lists them."),

  // How much was asked for
  QUEUE_FULL(
      "%1$s pictures wait, and no more than %2$s can. There is room again in %3$s: ask again then.",
      Form.PLAIN, Form.PLAIN, Form.ESTIMATE),
  QUOTA_SPENT(
      "This takes %1$s megapixel-steps, and %2$s of your %3$s a day are left. The next day begins"
          + " in %4$s, at %5$s. Fewer steps, a smaller size or fewer pictures take less.",
      Form.PLAIN, Form.PLAIN, Form.PLAIN, Form.SPAN, Form.CLOCK),
  RATE_LIMITED(
      "That was too fast: %1$s requests are possible at once, and one more after each %2$s. The"
          + " next one is possible in %3$s, at %4$s.",
      Form.PLAIN, Form.SPAN, Form.SPAN, Form.CLOCK),
  SERVER_QUEUE_FULL(
      "%1$s pictures of this server wait, and no more than %2$s can. There is room again in %3$s:"
          + " ask again then.",
      Form.PLAIN, Form.PLAIN, Form.ESTIMATE),
  TOO_MANY_WAITING(
      "%1$s of your pictures wait or are being drawn, and no more than %2$s can. One more is"
          + " possible when the next of them is done, in %3$s, or when you cancel one.",
      Form.PLAIN, Form.PLAIN, Form.ESTIMATE),

  // Order
  BAN_OF_KEEPER("%1$s keeps order here, or runs the bot, and cannot be banned by you."),
  BAN_UNKNOWN("%1$s is not banned here. /bans lists who is."),
  BAN_YOURSELF("You cannot ban yourself."),
  BANNED(
      "You may not draw here until somebody lifts that. Reason: %1$s. What is yours stays yours:"
          + " /history, /export, /help and the like work."),
  BANNED_UNTIL(
      "You may not draw here until %1$s. Reason: %2$s. What is yours stays yours: /history,"
          + " /export, /help and the like work."),
  DEADLINE_BAD(
      "“%1$s” is not possible as an end. Write for example 30m, 12h, 7d, 2w or 1d12h, at most %2$s"
          + " days, or with --end a day ahead, 2026-12-31."),
  PERSON_AMBIGUOUS("Several people are called “%1$s”: name one of %2$s."),
  PERSON_NEEDED("Say who: by a mention, by an id such as discord:123, or by @name."),
  PERSON_UNKNOWN(
      "Nobody called “%1$s” was seen on %2$s. Use a mention, or the id as in discord:123."),
  REASON_TOO_LONG("The reason has %1$s characters; at most %2$s are possible."),
  REMIX_WORDS("“%1$s” is no setting. Settings are written as --name value, as in --steps 4."),
  REPORT_ALREADY("You have reported picture %1$s already. The moderators find it in /review."),
  REPORT_PRIVATE(
      "Picture %1$s was asked for in a private chat, which has no moderators. What is yours,"
          + " /delete %1$s removes."),
  REPORT_UNKNOWN("Nobody has reported picture %1$s here. /review lists what was reported."),
  REVIEW_NOT_YOURS(
      "Picture %1$s is held by a rule for everywhere: only whoever runs the bot decides about it."),
  REVIEW_REJECTED("A moderator has looked at it and does not want it drawn. Reason: %1$s"),
  REVIEW_UNKNOWN("No picture %1$s waits for a decision here. /review lists those that do."),
  SERVER_NEEDED("/%1$s is about a server. Use it on the one that you mean."),
  TIMEOUT_NEEDS_BOTH("Say who, and for how long, for example: /timeout @name 30m"),

  // Rules about words
  RULE_AGE_RESTRICTED(
      "“%1$s” in the %2$s is for age-restricted places only (rule %3$s%4$s). Ask in a channel that"
          + " is marked as one, or leave it out."),
  RULE_BLOCKED(
      "A rule here does not allow “%1$s” in the %2$s (rule %3$s%4$s). Leave it out or say something"
          + " else, then it is drawn."),
  RULE_ENDLESS(
      "Rule %1$s%2$s and others here change the prompt again and again. Say it differently, and"
          + " tell a moderator."),
  RULE_HELD("A moderator looks at picture %1$s before it is drawn (rule %2$s%3$s)."),
  RULE_LEFT_NOTHING(
      "A rule here takes out what the prompt says, and nothing is left to draw (rule %1$s%2$s). Say"
          + " something else."),
  RULE_REPLACED("A rule changed words of the %1$s (rule %2$s%3$s)."),
  RULE_SPOILER("A rule covers the picture until somebody wants to see it (rule %1$s%2$s)."),
  RULE_STRIPPED("A rule took words out of the %1$s (rule %2$s%3$s)."),
  RULE_REGEX_BROKEN(
      "“%1$s” is no regular expression that can be used: at character %2$s, “%3$s”, %4$s. Put \\"
          + " before signs that mean themselves; look-ahead, look-behind and back references do not"
          + " exist here."),
  RULE_REGEX_TOO_LARGE(
      "“%1$s” is too large with its repetitions written out: at most %2$s signs are possible."
          + " Repeat less, or use * and +."),
  RULE_TOO_LONG("A text of the rule has %1$s characters; at most %2$s are possible."),
  RULE_BROAD(
      "The rule also fires on ordinary prompts, for example on “%1$s”. If you did not mean that,"
          + " remove it."),
  RULE_CONTROL_CHARACTER(
      "A text of the rule has a control character, number %2$s, as its character %1$s. Leave it"
          + " out."),
  RULE_EMPTY("The %1$s of the rule is empty. Say what to look for."),
  RULE_EXCEPTIONS_TOO_MANY(
      "%1$s exceptions of one kind are too many; %2$s are possible. Use a role for them."),
  RULE_FIELD_UNKNOWN("A rule has no field “%1$s”. There are: %2$s"),
  RULE_FILE_BROKEN(
      "The rules cannot be read at line %1$s, column %2$s: %3$s. Nothing is changed. Expected is a"
          + " JSON list, as /policy export writes it."),
  RULE_FILE_WRONG("Nothing is changed, because of rule %1$s of the list: %2$s"),
  RULE_ID_NEEDED("“%1$s” is not the number of a rule. /policy list shows them."),
  RULE_KIND_NEEDED("Say what to look for by one of --word, --phrase and --regex."),
  RULE_KNOWN("Rule %1$s says exactly this already."),
  RULE_REPLACEMENT(
      "The action replace, and no other, needs --with and what to put there. To leave nothing, use"
          + " the action strip."),
  RULE_REPLACES_ITSELF("The rule would fire on its own replacement “%1$s”. Choose another."),
  RULE_SEVERAL_WORDS("“%1$s” is several words: use --phrase for it."),
  RULE_SIGNS(
      "“%1$s” has signs at its edges, or no letters; words are letters and digits. Use --regex %2$s"
          + " for it."),
  RULE_UNKNOWN("There is no rule %1$s that you can change here. /policy list shows them."),
  RULES_TOO_MANY(
      "That would be %1$s rules, of %2$s possible, with %3$s regular expressions, of %4$s possible."
          + " Remove some first, or write several as one expression."),

  // Schedulers
  STEPS_BEYOND_DISTILLATION(
      "steps %1$s is not possible with TCD and LCM, which are for few steps: use 1 to %2$s, or"
          + " another scheduler."),
  TIMESTEP_OUT_OF_RANGE(
      "Timestep %1$s is not possible here: timesteps are 0 to %2$s, each smaller than the one"
          + " before. Use fewer steps or another list."),

  // Tokenizer files
  TOKENIZER_MISSING(
      "There is no tokenizer file %1$s. Download the model's tokenizer folder again."),
  TOKENIZER_UNREADABLE(
      "The tokenizer file %1$s cannot be read: %2$s. Check its permissions and the disk."),
  TOKENIZER_BROKEN("The tokenizer file %1$s is broken: %2$s. Download it again."),

  // Weight files
  WEIGHTS_MISSING("There is no file %1$s. Check the path, or download it again."),
  WEIGHTS_UNREADABLE("The file %1$s cannot be read: %2$s. Check its permissions and the disk."),
  WEIGHTS_BROKEN("The weight file %1$s is broken: %2$s. Download it again."),
  WEIGHTS_NOT_FOUND("The folder %1$s has no weights. It should have one of: %2$s. Download them."),
  WEIGHTS_PICKLED(
      "The folder %1$s has its weights only as %2$s, a format that can run foreign code when it is"
          + " opened, so it is not. Download the model as .safetensors."),
  FOLDER_MISSING("There is no folder %1$s. It should have: %2$s. Download it."),
  WEIGHT_MISSING(
      "The model part '%1$s' needs the tensor '%2$s', which its files in %3$s do not have. They are"
          + " incomplete or of another kind of model: download the right ones."),
  CONFIG_VALUE_BAD(
      "The value %2$s of '%1$s' in %3$s cannot be used: it must be %4$s. Use another model, or"
          + " download the file again."),
  CONFIG_VALUE_MISSING(
      "The value '%1$s' is missing in %2$s. Download the file again, or use another model."),
  TENSOR_BROKEN("The tensor '%1$s' in %2$s is broken: it %3$s. Download the file again."),
  TENSOR_MISSING(
      "There is no tensor '%1$s' in %2$s. The file is incomplete or of another kind of model:"
          + " download the right one."),
  TENSOR_TOO_LARGE(
      "The tensor '%1$s' in %2$s is too large with shape %3$s; no known model has such a tensor."
          + " Use another file."),
  TENSOR_TYPE_UNUSABLE(
      "The tensor '%1$s' in %2$s has the type %3$s, which cannot be used here. Use a file with"
          + " F32, F16 or BF16 weights."),

  // What a file of weights is of
  FILE_EMPTY("The file %1$s is empty. Download it again."),
  FILE_CUT_OFF("The file %1$s is cut off: %2$s of its %3$s bytes are missing. Download it again."),
  FILE_PICKLED(
      "The file %1$s is a pickle, as .ckpt and .pt files are: a format that can run foreign"
          + " code when it is opened, so it is not. Download the model as .safetensors."),
  FILE_LFS_POINTER(
      "The file %1$s is only a pointer of Git LFS, not the weights themselves. Run “git lfs"
          + " pull” in its folder, or download the file itself."),
  FILE_GGUF(
      "The file %1$s is GGUF, a format that is not read here. Download the model as "
          + ".safetensors."),
  FILE_WEB_PAGE(
      "The file %1$s holds no weights but a web page or an error message that was saved in "
          + "their place. A text editor shows what it says; download the file again, with a token"
          + " where the source asks for one."),
  FILE_WITH_SCALES(
      "The file %1$s holds 8-bit floats with a scale for each tensor, which are not read "
          + "here. Download the model with F16, BF16 or plain F8 weights."),
  FILE_IS_LORA(
      "%1$s is a LoRA; expected here: %2$s. Put it into the folder “loras”, and name it "
          + "with --lora."),
  FILE_IS_EMBEDDING(
      "%1$s is a textual inversion embedding; expected here: %2$s. Put it into the folder "
          + "“embeddings”."),
  FILE_IS_UNET(
      "%1$s is an %3$s alone; expected here: %2$s. Name it as “unet:” of a whole model in "
          + "models.yaml."),
  FILE_IS_VAE(
      "%1$s is a VAE alone; expected here: %2$s. Name it as “vae:” of a model in "
          + "models.yaml."),
  FILE_IS_TINY_VAE(
      "%1$s is a tiny VAE (TAESD), which is for previews and drafts; expected here: %2$s. "
          + "Use another file there."),
  FILE_IS_MODEL(
      "%1$s is a whole %3$s model; expected here: %2$s. Put it into the folder “models”, or"
          + " name another file there."),
  FILE_IS_OTHER_MODEL(
      "%1$s is of the kind “%3$s”; expected here: %2$s. Only models of SDXL and SD 1.5 draw"
          + " here: use one of those."),
  FILE_IS_ADDITION(
      "%1$s is of the kind “%3$s”; expected here: %2$s. It does not draw by itself: use "
          + "another file."),
  FILE_UNKNOWN_KIND(
      "%1$s is of no kind that is known here; expected here: %2$s. Use an SDXL or SD 1.5 "
          + "model as a .safetensors file."),
  MODEL_WITHOUT_VAE(
      "The model %1$s has no VAE in its file. Name one as “vae:” of it in models.yaml, or "
          + "use a file that has one."),
  MODEL_WITHOUT_TEXT_ENCODER(
      "The model %1$s lacks the text encoder %2$s in its file. Use a whole model, or name "
          + "this file as “unet:” of one in models.yaml."),
  MODEL_UNET_OF_OTHER_FAMILY(
      "The UNet %1$s is of %2$s, but the model %3$s, of which it should be a part, is of "
          + "%4$s. Name a UNet of the same kind."),
  TOKENIZER_NOT_INSTALLED(
      "The single file %1$s brings no vocabulary for its prompts, and none is installed. "
          + "Get it once with “models pull clip-tokenizer”."),

  // LoRA files
  LORA_EMPTY(
      "The file %1$s has no LoRA layers that can be used. Use a LoRA, LoHa or LoKr made by "
          + "kohya-ss, LyCORIS or diffusers, not a whole model."),
  LORA_NOT_FOR_MODEL(
      "The LoRA %1$s is not for this model: none of its %2$s layers is in it, for example '%3$s'."
          + " Use one that was made for models of the same family as this one."),
  LORA_SHAPE(
      "The LoRA %1$s does not fit this model: its layer '%2$s' is for a weight of shape %3$s, the"
          + " model's has %4$s. Use one that was made for this model."),
  LORA_KEYS_UNKNOWN(
      "The LoRA %1$s has %2$s parts that this model does not know, so they do nothing: %3$s."),
  LORA_EMBEDDINGS_IGNORED(
      "The LoRA %1$s brings %2$s textual inversion embeddings along, which are not used: %3$s."),
  LORA_HALVES("In the LoRA %1$s %2$s layers lack a part, so they do nothing: %3$s."),
  LORA_HALVES_ONLY(
      "In the LoRA %1$s every one of its %2$s layers lacks a part, for example '%3$s'. The file"
          + " is incomplete: get it again, or ask whoever made it."),
  LORA_FOR_OTHER_BASE(
      "The LoRA %1$s was made for %2$s, which this model is not. Use a LoRA for this model or, if "
          + "one is installed (see /models), a model of that family with --model."),
  LORA_KIND_UNSUPPORTED(
      "The file %1$s is of the kind %2$s (its layer '%3$s'), which cannot be fused. Use a LoRA,"
          + " LoCon, LoHa, LoKr, DoRA or full difference instead."),
  WEIGHTS_ON_TWO_DRIVES(
      "The weights of one model lie on different drives, in %1$s and %2$s; ONNX Runtime reads "
          + "them only below one folder. Put the models and the data folder on the same drive."),
  FUSED_NO_ROOM(
      "The weights with LoRAs fused in need %1$s MB in %2$s, and only %3$s MB are left for "
          + "them. Make room on that disk, or raise cache.fusedMegabytes in the settings."),

  // Database and picture files
  DATABASE_ABSENT(
      "There is no database at %1$s: %3$s. Make it with CREATE DATABASE %4$s OWNER %2$s, or correct"
          + " store.url."),
  DATABASE_ADDRESS_HAS_PASSWORD(
      "The database address %1$s comes with a password. Take it out of there, and give it in the"
          + " environment variable HYPERBRUSH_STORE_PASSWORD or in the file that store.passwordFile"
          + " names."),
  DATABASE_ADDRESS_WRONG(
      "store.url “%1$s” is not possible: use jdbc:postgresql://host:5432/database for PostgreSQL,"
          + " or leave it out for the database in the data folder."),
  BACKUP_BROKEN("%1$s is no backup that can be brought back: %2$s. Use another one."),
  BACKUP_ELSEWHERE(
      "The database is %1$s: back it up with PostgreSQL's own pg_dump. The pictures are in the data"
          + " folder."),
  BACKUP_PLACE_FIXED(
      "The bot is running and makes its backup itself, in its own folder, so %1$s is not possible."
          + " Leave the file out, or stop the bot."),
  BACKUP_UNDER_WAY("A backup is being made already. Wait until it is done."),
  BACKUP_UNREADABLE("The backup %1$s cannot be read: %2$s. Check the path."),
  DISCORD_CLOSED(
      "Discord has ended the connection with code %1$s and takes it back only anew;"
          + " that is tried in a minute."),
  DISCORD_GATEWAY_ELSEWHERE(
      "%1$s names Discord's own gateway %2$s, which does not get the token while"
          + " requests go elsewhere. Let it name its own, or leave out discord.api."),
  TELEGRAM_FILE_NOT_COVERED(
      "Picture %1$s is to be covered, and it is too narrow or too large to be a photo on Telegram,"
          + " which covers no files. /original %1$s hands it to you."),
  TELEGRAM_FILE_TOO_LARGE(
      "The file %1$s is larger than the %2$s MB that Telegram takes of a bot. Ask for less at a"
          + " time."),
  DISCORD_PERMISSION_MISSING(
      "The bot may not post pictures here, so nothing was drawn. It lacks the"
          + " permission: %1$s. Whoever manages the server can give it in the settings of this"
          + " channel."),
  DISCORD_THREAD_CLOSED(
      "This thread is locked or archived, so no picture can be posted here and nothing"
          + " was drawn. Have it opened again, or ask elsewhere."),
  DISCORD_TOKEN_WRONG(
      "Discord does not know the bot's token. Put the right one, from"
          + " discord.com/developers/applications, into HYPERBRUSH_DISCORD_TOKEN or the file"
          + " discord.tokenFile, and start again."),
  DISCORD_UNREACHABLE(
      "Discord cannot be reached at %1$s: %2$s. It is tried again until it can; the"
          + " rest works meanwhile."),
  TELEGRAM_POLLED_ELSEWHERE(
      "Another program asks Telegram for what is said to this bot, so this one gets none of it."
          + " Stop one of the two; until then it is tried again."),
  TELEGRAM_TOKEN_WRONG(
      "Telegram does not know the bot's token. Put the right one, from @BotFather, into"
          + " HYPERBRUSH_TELEGRAM_TOKEN or the file telegram.tokenFile, and start again."),
  TELEGRAM_UNREACHABLE(
      "Telegram cannot be reached at %1$s: %2$s. It is tried again until it can; the"
          + " rest works meanwhile."),
  BOT_NOT_ANSWERING("The bot at %1$s does not answer: %2$s. Is it running?"),
  BOT_NOT_RUNNING("No bot is running with the data folder %1$s. Start it with: serve"),
  RESTORE_ELSEWHERE(
      "The settings name a PostgreSQL database: bring it back with PostgreSQL's own pg_restore."),
  RESTORE_IN_THE_WAY(
      "There is a database already: %1$s. Add --replace to put it aside, under another name in its"
          + " folder."),
  DATABASE_DAMAGED(
      "The database %1$s is damaged. Bring back a backup with: java -jar hyperbrush.jar restore"
          + " FILE. Or rename it to %2$s to start with an empty one; the picture files stay where"
          + " they are."),
  DATABASE_IN_USE(
      "The database %1$s is in use by another process. Stop the other Hyperbrush, or give this one"
          + " a data folder of its own."),
  DATABASE_OTHER_VERSION(
      "The database %1$s was made by another version of Hyperbrush: %2$s Start that version, or"
          + " choose another data folder, or another database with store.url."),
  DATABASE_RIGHTS_MISSING(
      "The user “%2$s” may not do what is needed in the database %1$s: %3$s. Make the user its"
          + " owner with ALTER DATABASE %4$s OWNER TO %2$s, or choose another with store.user."),
  DATABASE_SIGN_IN_FAILED(
      "The database %1$s does not let the user “%2$s” in: %3$s. Correct store.user, or the password"
          + " in HYPERBRUSH_STORE_PASSWORD or in the file that store.passwordFile names."),
  DATABASE_TOO_OLD(
      "The database %1$s is PostgreSQL %2$s, but %3$s or newer is needed. Update that server, or"
          + " choose another with store.url."),
  DATABASE_UNREACHABLE(
      "The database %1$s cannot be used now: %2$s. Check that PostgreSQL runs there, or correct"
          + " store.url."),
  PICTURE_MISSING("Picture %1$s of job %2$s is gone: there is no file %3$s."),
  STORAGE_FULL(
      "The disk is too full to write %1$s safely: %2$s MB are free, 64 MB are needed. Free some"
          + " space and try again."),
  STORAGE_NOT_WRITABLE(
      "%1$s cannot be written (%2$s). Make it writable, or choose another data folder."),

  // The queue
  JOB_EXPIRED(
      "This waited %1$s without its turn coming, and does not wait any longer. /again %2$s asks for"
          + " it again.",
      Form.SPAN),
  JOB_INTERRUPTED(
      "Drawing this was interrupted %1$s times, so it is not tried again by itself. Ask again"
          + " later, or tell whoever runs the bot: the log says more."),
  JOB_KEEPS_CRASHING(
      "Drawing this ended the program %1$s times, so it is set aside and not tried again. Other"
          + " settings may work."),
  QUEUE_DRAINING(
      "New pictures are not accepted right now, as the bot is about to be stopped for a while. What"
          + " is waiting will still be drawn; ask again later."),
  JOB_UNREADABLE("Job %1$s was written by another version and cannot be drawn. Ask again."),

  // Installing models
  CATALOGUE_UNKNOWN("The catalogue has no model and no file “%1$s”. There are: %2$s"),
  DOWNLOADS_DAMAGED(
      "%1$s is damaged. Delete it: models verify then knows only the hashes that are published."),
  DOWNLOAD_TOKEN_BAD(
      "What %1$s holds is no access token: it has spaces or other characters that no token has."
          + " Copy it once more from the site."),
  LICENCE_NOT_ACCEPTED(
      "Nothing was downloaded, as not every licence of “%1$s” was accepted. Read %2$s, and say yes"
          + " or add --accept-licence."),
  DOWNLOAD_IN_PROGRESS(
      "Another process is changing the models in %1$s right now. Try again when it has ended."),
  DOWNLOAD_NO_ROOM(
      "There is no room for %1$s: %2$s more are needed, with 512 MiB kept free, and %3$s are left."
          + " Make room, and run the same command again: what has arrived is kept."),
  DOWNLOAD_FAILED(
      "%1$s could not be downloaded: %2$s. What has arrived is kept; run the same command again to"
          + " go on."),
  DOWNLOAD_FORBIDDEN(
      "%1$s is only for people whom the site knows (status %3$s). Accept the licence on its page"
          + " there, make an access token, and put it into the environment variable"
          + " HYPERBRUSH_HF_TOKEN; in models.yaml “%2$s” has to be marked gated: true."),
  DOWNLOAD_MISSING(
      "There is no file at %1$s (status %2$s). Correct its address in models.yaml, or"
          + " downloads.base if that is a mirror."),
  DOWNLOAD_NOT_A_FILE(
      "%1$s answers with a web page instead of a file. A proxy may want a login, or the address in"
          + " models.yaml is that of a page."),
  DOWNLOAD_SIZE_WRONG(
      "%1$s has %2$s bytes there, but %3$s were expected. It is another file: correct models.yaml"
          + " if its makers have replaced it."),
  DOWNLOAD_HASH_WRONG(
      "%1$s has arrived with the SHA-256 %2$s, but %3$s was expected, so it was removed. Run the"
          + " same command again; if it stays like this, %4$s has another file."),
  DOWNLOAD_DAMAGED("%1$s from %2$s is not a whole model file, so it was removed: %3$s"),
  DOWNLOAD_CHANGING(
      "%1$s was changed at its source again and again while it was downloaded. Try again later."),
  DOWNLOAD_ADDRESS_UNSAFE(
      "%1$s leads to %2$s, from where nothing is downloaded: only https is possible, or http from a"
          + " mirror that downloads.base names."),
  MODEL_NOT_REMOVED("“%1$s” was not removed: %2$s."),
  MODEL_FILE_NOT_ADDED("%1$s was not added: %2$s."),
  MODEL_FILES_WRONG(
      "Files that are not as they should be: %1$s. models pull fetches those of the catalogue"
          + " anew."),

  // Graphs and sessions
  WEIGHT_SHAPE_WRONG(
      "The tensor '%2$s' of the model part '%1$s' has the shape %3$s where its config.json asks for"
          + " %4$s. Weights and config.json are of different models: download both again."),
  MODEL_NOT_LOADED("The model part '%1$s' could not be loaded: %2$s"),
  MODEL_FAILED("The model part '%1$s' failed while it ran: %2$s"),
  INPUT_SHAPE_WRONG(
      "The model part '%1$s' got '%2$s' of shape %3$s, but it takes %4$s. The parts of this model"
          + " do not belong together."),
  EXPORT_INCOMPLETE(
      "The exported model in %1$s lacks %2$s. Download all of its files, or export it again."),
  EXPORT_LINKED(
      "%1$s is a link that leaves its folder, and ONNX Runtime does not follow it. Put the file"
          + " itself there: cp -rL copies a folder so."),
  EXPORT_PORTS(
      "The exported network %1$s takes %2$s and gives %3$s. It should take %4$s and give %5$s:"
          + " export the model with Hugging Face's optimum, for text-to-image."),
  EXPORT_UNCHANGEABLE(
      "“%1$s” cannot be put into the model “%2$s”: that one is exported to ONNX, where the weights"
          + " stay as they are. Use the same model as safetensors."),
  CLIP_SKIP_OUT_OF_RANGE("clip skip %1$s is not possible: use 0 to %2$s."),

  // While drawing
  PICTURE_BLACK(
      "The model drew nothing but black. Try another seed, fewer LoRAs or a lower guidance; if it"
          + " happens always, the model's VAE likely has numbers too large for half precision."),
  DRAFT_NOT_INSTALLED(
      "No tiny decoder is installed for drafts of %1$s; the picture was drawn in full quality."),
  EMBEDDING_UNKNOWN(
      "The file %1$s holds no embedding: it should have clip_l and clip_g, or a single tensor of"
          + " vectors."),
  EMBEDDING_OTHER_BASE(
      "The embedding %1$s is made for %2$s; this model reads its name as plain words."),
  EMBEDDING_NOT_WITH_ONNX(
      "The embedding %1$s cannot be used with a model that was exported to ONNX; its name is read"
          + " as plain words. Use the model's .safetensors form."),
  EMBEDDING_PICKLE(
      "%1$s is a pickle file, which can run code when it is read; its name stays a plain word. Use"
          + " its .safetensors form."),
  PICTURE_OVERFLOWED(
      "The model's numbers overflowed at step %1$s. Try another seed, fewer LoRAs or a lower"
          + " guidance; if it happens always, the model's files are likely damaged."),
  OUT_OF_MEMORY(
      "%2$s × %1$s with the model “%3$s” does not fit into the memory of this machine, not even one"
          + " picture at a time and in pieces. Ask for a smaller --size, or for another model."),
  DRAWING_FAILED("The picture could not be drawn: %1$s"),

  MODEL_NOT_INSTALLED(
      "The model “%1$s” is in the catalogue, but not installed. Install it on the command line:"
          + " models add %1$s"),
  MODEL_GONE(
      "The model “%1$s” is no longer installed, so this could not be drawn. Installed: %2$s. Ask"
          + " again with another one, or with this one when it is back."),
  LORA_GONE(
      "The LoRA “%1$s” is no longer installed, so this could not be drawn. Installed: %2$s. Ask"
          + " again without it, or when it is back."),

  // Files and settings of whoever runs the program
  DEFAULT_MODEL_GONE(
      "The model “%1$s”, the default for people who name none, is not installed any more. Until it"
          + " is back, “%2$s” takes its place."),
  DATA_NOT_WRITABLE(
      "%1$s cannot be written: %2$s. Make room or allow writing there, or choose another data"
          + " folder with --data."),
  OUTPUT_NOT_WRITABLE("%1$s cannot be written: %2$s. Choose another file with -o."),
  OUTPUT_EXISTS("%1$s is there already. Remove it, or choose another place."),
  OUTPUT_NO_ROOM(
      "%1$s would take %2$s MB, and %3$s MB are free there. Free some space, or choose another"
          + " place."),
  ARGUMENT_UNREADABLE(
      "“%1$s” has letters that cannot be read in this shell's language. Set LC_ALL=C.UTF-8 first."),
  PROGRAM_FAILED(
      "Something unexpected ended this: %1$s. Please report it; started with"
          + " -Dhyperbrush.log=DEBUG, the program says where."),
  SETTING_MISSING("%1$s: “%2$s” is missing; it must be %3$s."),
  SETTING_UNKNOWN("%1$s: there is no setting “%2$s”.%3$s Known here: %4$s."),
  SETTING_WRONG("%1$s: “%2$s” is “%3$s”, but must be %4$s."),
  SETTINGS_NOT_READABLE("The file %1$s cannot be read: %2$s. Correct the path, or leave it out."),
  SETTINGS_NOT_YAML(
      "%1$s: not valid YAML: %2$s. Correct the line, or delete the file for defaults."),

  // The page
  WEB_ADDRESS_ELSEWHERE(
      "The page cannot listen on “%1$s”: this machine does not have that address. Use 127.0.0.1 for"
          + " this machine only, or 0.0.0.0 for every network it is in."),
  WEB_ADDRESS_UNKNOWN(
      "The page cannot listen on “%1$s”: there is no such address. Use 127.0.0.1 for this machine"
          + " only, or 0.0.0.0 for every network it is in."),
  WEB_BODY_BROKEN("The request cannot be understood: %1$s."),
  WEB_BODY_NOT_JSON("The request must be JSON, with the header Content-Type: application/json."),
  WEB_BODY_TOO_LARGE("The request is too large: %1$s bytes are possible."),
  WEB_CANNOT_LISTEN("The page cannot listen on %1$s, port %2$s: %3$s. Choose another port."),
  WEB_FAILED("Something went wrong here; the log of the program says what. Try again."),
  WEB_HOST_FOREIGN(
      "This page is not known as “%1$s”. Open it by the address that the program printed, or add"
          + " the name to its configuration."),
  WEB_NOT_FOUND("There is nothing at %1$s; it may have been deleted."),
  WEB_ORIGIN_FOREIGN("Other web sites may not use this page, and this came from “%1$s”."),
  WEB_PORT_IN_USE(
      "Port %1$s on %2$s is in use, perhaps by another Hyperbrush. Stop the other program, or"
          + " choose another port."),
  WEB_PORT_OUT_OF_RANGE("port %1$s is not possible: use 1 to %2$s, or 0 for any that is free."),
  WEB_SIGN_IN_NEEDED("Sign in first: open the page with its access token."),
  WEB_TOKEN_MISSING(
      "The page would be open to the whole network on “%1$s”. Set an access token with"
          + " HYPERBRUSH_WEB_TOKEN or web.tokenFile, or listen on 127.0.0.1."),
  WEB_TOKEN_SHORT("An access token of %1$s characters can be guessed: use at least %2$s."),
  WEB_TOO_MANY_PAGES("%1$s open pages are connected, and that is as many as can be. Close some."),

  // Notices
  DEFAULT_LEFT_OUT(
      "The default --%1$s “%2$s” is not possible here any more and was left out. To remove it:"
          + " %3$s"),
  PRESET_PART_LEFT_OUT(
      "--%1$s “%2$s” of the preset %3$s is not possible here any more and was left out."),
  LIMITED_BY_OPERATOR("--%1$s %2$s became %3$s: whoever runs the bot allows at most %4$s."),
  LIMITED_BY_SERVER("--%1$s %2$s became %3$s: this server allows at most %4$s."),
  LIMITED_BY_CHANNEL("--%1$s %2$s became %3$s: this channel allows at most %4$s."),
  LIMITED_BY_ROLE("--%1$s %2$s became %3$s: your role allows at most %4$s."),
  GUIDANCE_CHANGED("Guidance %1$s became %2$s: with these steps the model takes %3$s to %4$s."),
  NEGATIVE_IMPOSSIBLE("--no has no effect: the model %1$s runs without guidance."),
  NEGATIVE_WITHOUT_GUIDANCE(
      "--no has no effect without guidance. With --guidance %1$s (and %2$s steps) it has."),
  RATIO_CHANGED("The ratio %1$s became %2$s, the nearest that the model %3$s was trained at."),
  SIZE_CHANGED("Size %1$s became %2$s, the nearest that the model %3$s draws here."),
  STEPS_CHANGED("%1$s steps became %2$s: the model takes %3$s to %4$s here."),
  PROMPT_CUT(
      "The prompt is longer than the %1$s tokens the model reads; it ignored the end: “%2$s”."),
  NEGATIVE_PROMPT_CUT(
      "The negative prompt is longer than the %1$s tokens the model reads; it ignored the end:"
          + " “%2$s”.");

  /** How the value of a place is written, and shown to people in their language. */
  public enum Form {
    /** As it is. */
    PLAIN,
    /** A {@link java.time.Duration}: how long exactly. */
    SPAN,
    /** A {@link java.time.Duration} that somebody guessed; empty for an unknown one. */
    ESTIMATE,
    /** A {@link java.time.ZonedDateTime} within a day: the time that a clock shows. */
    CLOCK
  }

  private final String english;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Form> forms;

  /**
   * A code.
   *
   * @param forms of the places, in order; {@link Form#PLAIN} where none is named
   */
  ReasonCode(String english, Form... forms) {
    this.english = english;
    this.forms = List.of(forms);
  }

  /** The form of a place, counted from 0. */
  public Form form(int place) {
    return place < forms.size() ? forms.get(place) : Form.PLAIN;
  }

  /** The English sentence, a {@link String#format} pattern. */
  public String english() {
    return english;
  }
}
