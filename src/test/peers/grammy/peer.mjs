// A bot written with grammY, which others wrote: what it does not understand of the fake, the fake
// does wrongly. Usage: node peer.mjs <api root> <token>. Prints one line for what it has seen, and
// ends when somebody writes "bye".
import { Bot, InlineKeyboard, InputFile, InputMediaBuilder } from "grammy";

const [apiRoot, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });
const say = (line) => console.log(line);
// One pixel.
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
const picture = () => new InputFile(png, "pixel.png");
const keyboard = new InlineKeyboard().text("Again", "again:1");

async function refused(what, call) {
  try {
    await call();
    say(`${what} was not refused`);
  } catch (error) {
    say(`${what}: ${error.error_code} ${error.description} ${JSON.stringify(error.parameters)}`);
  }
}

bot.command("imagine", async (ctx) => {
  const waiting = await ctx.reply(`drawing <b>${ctx.match}</b>`, {
    parse_mode: "HTML",
    reply_parameters: { message_id: ctx.message.message_id },
  });
  await ctx.replyWithChatAction("upload_photo");
  const edited = await ctx.api.editMessageMedia(
    waiting.chat.id,
    waiting.message_id,
    InputMediaBuilder.photo(picture(), { caption: ctx.match }),
    { reply_markup: keyboard },
  );
  say(`edited into ${edited.photo.length} sizes, ${edited.photo.at(-1).width} wide`);
});

bot.command("photo", async (ctx) => {
  const sent = await ctx.replyWithPhoto(picture(), { caption: "new", has_spoiler: true });
  const again = await ctx.replyWithPhoto(sent.photo.at(-1).file_id);
  say(`photo ${sent.has_media_spoiler} ${again.photo[0].file_id === sent.photo[0].file_id}`);
});

bot.command("document", async (ctx) => {
  const sent = await ctx.replyWithDocument(picture(), { caption: "whole" });
  const file = await ctx.api.getFile(sent.document.file_id);
  const got = await fetch(`${apiRoot}/file/bot${token}/${file.file_path}`);
  const same = png.equals(Buffer.from(await got.arrayBuffer()));
  say(`document ${sent.document.file_name} ${sent.document.mime_type} ${same}`);
});

bot.command("album", async (ctx) => {
  const sent = await ctx.replyWithMediaGroup([
    InputMediaBuilder.photo(picture()),
    InputMediaBuilder.photo(picture(), { caption: "second" }),
  ]);
  say(`album of ${sent.length}, one group ${sent[0].media_group_id === sent[1].media_group_id}`);
});

bot.command("wrong", async (ctx) => {
  await refused("open tag", () => ctx.reply("<b>", { parse_mode: "HTML" }));
  await refused("stranger", () => ctx.api.sendMessage(1, "hello"));
  await refused("too often", () => ctx.api.sendChatAction(ctx.chat.id, "typing"));
});

bot.callbackQuery("again:1", async (ctx) => {
  await ctx.answerCallbackQuery({ text: "again" });
  await ctx.editMessageCaption({ caption: "pressed", reply_markup: keyboard });
  say(`pressed below ${ctx.callbackQuery.message.photo.length} sizes`);
});

bot.on("inline_query", async (ctx) => {
  await ctx.answerInlineQuery([
    { type: "article", id: "1", title: "One", input_message_content: { message_text: "one" } },
  ]);
  say(`asked for ${ctx.inlineQuery.query}`);
});

bot.hears("bye", async () => {
  say("bye");
  await bot.stop();
});

bot.catch((error) => {
  say(`failed: ${error.error}`);
});

await bot.api.setMyCommands([{ command: "imagine", description: "Draw" }], {
  scope: { type: "all_private_chats" },
  language_code: "de",
});
say(`here is ${(await bot.api.getMe()).username}`);
await bot.start({ allowed_updates: ["message", "callback_query", "inline_query"] });
