export const longAnswer = `This is a prepared text of some five hundred words. It is here so that you can watch an answer arrive, stop it half way, or reload the page and see that nothing is missing. It is about what happens while you read it.

## The question

When you press Send, your message is written to the database together with a note that an answer is due. Both happen in one step, so there is never a question without its answer, or an answer without its question. Only then is anybody asked to write. If the same request arrives twice, because a network was slow or a button was pressed again, the second one finds the first and joins it. There is one question, one answer, and with a paid model one bill.

## The writer

The answer is not written by the page in front of you, and not by the connection that carried your question. It is written by the server, which holds on to the task whether or not anybody is watching. That is why you can close the tab now, or let your phone go dark. The next words come all the same, and they will be here when you return.

A real model sends its answer in small pieces, a few letters or a word at a time. I have no model, so I take this text apart at the spaces and wait a fortieth of a second between two words. To everything behind me, that looks the same.

## The log

Every piece gets a number and goes into a log, one after the other, without gaps. The log is written down several times a second. Whoever wants to read the answer says which number came last, and gets everything after it: first what has been written down, then what is being written now.

There is no second way to read. Your browser, as you watch this, follows the log. If you reload the page, it follows the log from the start, and catches up before you notice. Nothing is sent twice, and nothing is left out, because a number that has been seen is a number that is done.

## The end

An answer can end in a few ways. It can be complete, as this one will be shortly. You can stop it, and then it keeps what had been written, for half an answer is often enough. The model can fail, and then the part that came is kept as well, next to a sentence that says what went wrong and what to do. In each case the answer is put together from its pieces and stored as one message, and the log has done its work.

If the server itself goes down in the middle, the part that was in the log is still there when it comes back. The answer is marked as interrupted, so that nobody takes it for the whole.

## And now

That is all there is to it. Write your question, and do not mind the connection. If you have read this far without touching anything, ask for a long answer once more and reload the page in the middle. The text so far will be there, and the rest will come.`;
