import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading } from "react-aria-components/Dialog";
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { Popover } from "react-aria-components/Popover";
import { IconButton } from "./button";
import fields from "./fields.module.css";
import styles from "./overlays.module.css";

export interface DialogProps {
  title: string;
  closeLabel: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  actions?: ReactNode;
}

/** A dialog over the page; Escape and a click outside close it. */
export function Dialog({ title, closeLabel, isOpen, onClose, children, actions }: DialogProps) {
  return (
    <ModalOverlay
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      className={styles["overlay"] ?? ""}
    >
      <Modal className={styles["modal"] ?? ""}>
        <AriaDialog className={styles["dialog"] ?? ""}>
          <header className={styles["head"]}>
            <Heading slot="title" level={2} className={styles["title"] ?? ""}>
              {title}
            </Heading>
            <IconButton label={closeLabel} tooltip={false} onPress={onClose}>
              <X size={20} aria-hidden="true" />
            </IconButton>
          </header>
          <div className={styles["body"]}>{children}</div>
          {actions ? <footer className={styles["actions"]}>{actions}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface MenuAction {
  id: string;
  label: string;
  icon?: ReactNode;
  /** A sign that says it all: it stands in a row with others, above the words. */
  glyph?: string;
  danger?: boolean;
  isDisabled?: boolean;
  onAction: () => void;
}

/** A menu of acts, opened by the button given as `children`. */
export function Menu({
  label,
  actions,
  children,
}: {
  label: string;
  actions: MenuAction[];
  children: ReactNode;
}) {
  const itemOf = (action: MenuAction) => (
    <MenuItem
      key={action.id}
      id={action.id}
      textValue={action.label}
      {...(action.glyph ? { "aria-label": action.label } : {})}
      onAction={action.onAction}
      className={`${fields["item"]} ${action.danger ? fields["danger"] : ""}`}
    >
      {action.glyph ?? (
        <span className={fields["itemIcon"]}>
          {action.icon}
          {action.label}
        </span>
      )}
    </MenuItem>
  );
  const glyphs = actions.filter(({ glyph }) => glyph);
  return (
    <MenuTrigger>
      {children}
      <Popover className={fields["popover"] ?? ""} offset={6}>
        <AriaMenu
          aria-label={label}
          className={fields["list"] ?? ""}
          disabledKeys={actions.filter((action) => action.isDisabled).map((action) => action.id)}
        >
          {glyphs.length > 0 ? (
            <MenuSection aria-label={label} className={styles["glyphs"] ?? ""}>
              {glyphs.map(itemOf)}
            </MenuSection>
          ) : null}
          {actions.filter(({ glyph }) => !glyph).map(itemOf)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
