"""Executes a notebook as `jupyter nbconvert --execute` does, but waits for what comes late.

The Deno kernel can report a cell as done a moment before it sends the cell's last outputs. JupyterLab
shows them all the same; nbclient stops listening at the report, and the outputs are lost.

A cell with `interrupt_when` in its metadata, a regular expression, is interrupted once, as soon as it
shows something that fits: what the Stop button does.

A cell with `restart_when` in its metadata, a regular expression, loses its kernel as soon as it shows something that
fits, as somebody does who closes the lid: what it showed stays, and the next cell runs in a new kernel. With
`restart_after`, so many seconds later.

A cell with `complete` in its metadata shows, once it is done, what the kernel offers to complete those texts, each in a
line.

A failure is told as one line of JSON, with the number of the cell.
"""

import asyncio
import json
import re
import sys
from queue import Empty

from jupyter_client.utils import ensure_async
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor
from nbformat.v4 import new_output

# Late outputs come within a millisecond or two; a busy machine takes longer.
LATE_SECONDS = 0.2


class PatientExecution(ExecutePreprocessor):
    """The preprocessor to name in `--Exporter.preprocessors`."""

    enabled = True

    def preprocess_cell(self, cell, resources, index):
        self.on_cell_executed = self.take_late_outputs
        self.interrupt_when = cell.metadata.get("interrupt_when")
        self.restart_when = cell.metadata.get("restart_when")
        self.restart_after = cell.metadata.get("restart_after", 0)
        self.complete = cell.metadata.get("complete")
        try:
            return super().preprocess_cell(cell, resources, index)
        except CellExecutionError:
            trace = "\n".join(self.reply.get("traceback", [])).strip()
            self.fail(trace or self.reply.get("evalue") or "The kernel cannot read the cell")
        except CellTimeoutError:
            self.fail(f"The cell was not done after {self.timeout} seconds")
        except DeadKernelError:
            if not cell.metadata.get("restart_when"):
                self.fail("The kernel died")
            self.create_kernel_manager()
            self.start_new_kernel()
            self.start_new_kernel_client()
            return cell, resources

    async def take_late_outputs(self, cell, cell_index, execute_reply):
        self.reply = execute_reply["content"]
        if self.complete:
            lines = []
            for code in self.complete:
                reply = await ensure_async(self.kc.complete(code, reply=True, timeout=20))
                lines.append(" ".join([code, *reply["content"].get("matches", [])]))
            cell.outputs.append(new_output("display_data", {"text/plain": "\n".join(lines)}))
        while True:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=LATE_SECONDS))
            except Empty:
                return
            if message["parent_header"].get("msg_id") == execute_reply["parent_header"]["msg_id"]:
                if message["msg_type"] != "status":
                    self.process_message(message, cell, cell_index)

    def process_message(self, msg, cell, cell_index):
        shown = msg["content"].get("data", {}).get("text/plain", "")
        if self.interrupt_when and re.search(self.interrupt_when, shown):
            self.interrupt_when = None
            self.interrupting = asyncio.ensure_future(ensure_async(self.km.interrupt_kernel()))
        if self.restart_when and re.search(self.restart_when, shown):
            self.restart_when = None
            self.killing = asyncio.ensure_future(self.kill_kernel(self.restart_after))
        return super().process_message(msg, cell, cell_index)

    async def kill_kernel(self, seconds):
        await asyncio.sleep(seconds)
        await ensure_async(self.km.shutdown_kernel(now=True))

    def fail(self, message):
        sys.exit(json.dumps({"cell": self.code_cells_executed, "message": message}))
